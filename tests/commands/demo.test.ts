import { createServer } from 'node:net'
import t from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { pageText } from '../support/page-text.ts'
import { sparePort } from '../support/ports.ts'
import { until } from '../support/until.ts'
import { npm } from './npm.ts'
import { startDemo } from './running-demo.ts'

t.setTimeout(300_000)

t.test(
  'npm run demo: from a button on another origin to the notebook, and Ctrl-C ends all of it',
  async (t) => {
    const { demo, port, allGone } = await startDemo(t)
    const [, page = ''] = await demo.says(/Open {2}(http:\S+)/)
    t.equal(page, `http://localhost:${port + 1}/`)
    const browser = browserLike()
    const platform = await browser.get(page)
    t.match(platform.text(), 'Experiment-12345')
    const login = await browser.submit(platform, 'Scan_Profile.ipynb')
    const confirmation = await browser.login(login, 'ada')
    t.match(
      pageText(confirmation.text()),
      `http://localhost:${port + 1}`,
      'the confirmation tells which site sent it',
    )
    const progress = await browser.submit(confirmation, '/confirm/')
    t.equal(progress.status, 200)
    const notebook = `http://127.0.0.1:${port}/user/ada/notebooks/measurement/Scan_Profile.ipynb`
    const arrived = async () => (await browser.get(progress.url)).url === notebook
    await until('the notebook', arrived, { within_s: 90, every_ms: 500 })
    t.equal(await allGone(), false)
    demo.interrupt()
    await demo.ended
    await until('all of it to end', allGone)
  },
)

t.test('npm run demo ends all of it when npm is killed', async (t) => {
  const { demo, allGone } = await startDemo(t)
  await demo.says('Ctrl-C stops all of it')
  process.kill(demo.pid, 'SIGKILL')
  await demo.ended
  await until('all of it to end', allGone, { within_s: 60 })
})

t.test('npm run demo says in one line that its port is in use', async (t) => {
  const server = createServer()
  const port = await sparePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const demo = npm(t, ['run', 'demo'], { DEMO_PORT: String(port) })
  t.equal(await demo.ended, 1)
  t.match(demo.output(), `The demo cannot start: port ${port} is in use. Try another: DEMO_PORT=`)
})

t.test('npm run demo refuses what it does not know', async (t) => {
  const demo = npm(t, ['run', 'demo', '--', '--samples'], {})
  t.equal(await demo.ended, 1)
  t.match(demo.output(), 'The demo cannot start: there is no option --samples, only --sampledb.')
})
