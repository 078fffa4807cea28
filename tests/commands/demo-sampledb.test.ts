import t from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { pageText } from '../support/page-text.ts'
import { until } from '../support/until.ts'
import { startDemo } from './running-demo.ts'

t.setTimeout(300_000)

t.test(
  'npm run demo -- --sampledb: from a real SampleDB to the confirmation, and Ctrl-C ends all of it',
  async (t) => {
    const { demo, port, allGone } = await startDemo(t, '--', '--sampledb')
    const [, page = ''] = await demo.says(/Open {2}(http:\S+)/, 180)
    const [, login = '', password = ''] = await demo.says(/Sign in to SampleDB: (\S+), password (\S+)\./)
    const [, token = ''] = await demo.says(/asks for an API token.*\n\s*([0-9a-f]{64})\n/)
    const address = page.replace('/objects/', '/api/v1/objects/')
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' })
    t.equal(answer.status, 302, 'SampleDB takes the token that is shown')
    t.match(page, `http://localhost:${port + 1}/objects/`)
    const browser = browserLike()
    const object = await browser.submit(await browser.get(page), 'sign_in', { username: login, password })
    t.match(pageText(object.text()), 'Scan 42')
    const hub = await browser.submit(object, '/t/measurement/Plot')
    const confirmation = await browser.login(hub, 'ada')
    t.match(pageText(confirmation.text()), 'Plot_Scan 42.ipynb')
    t.match(pageText(confirmation.text()), 'Sample S-17')
    demo.interrupt()
    await demo.ended
    await until('all of it to end', allGone)
  },
)
