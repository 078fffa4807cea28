import t from 'tap'
import { send } from '../support/http.ts'
import { sparePort } from '../support/ports.ts'
import { until } from '../support/until.ts'
import { npm } from './npm.ts'

t.setTimeout(180_000)

t.test('npm run dev serves the catalogue, and Ctrl-C ends all of it', async (t) => {
  const port = await sparePort()
  const dev = npm(t, ['run', 'dev'], {
    NOTEBOOK_TEMPLATES_PORT: String(port),
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
  })
  const catalogue = () => send(`http://127.0.0.1:${port}/`).catch(() => undefined)
  await until('the catalogue', async () => (await catalogue())?.status === 200, { within_s: 120 })
  dev.interrupt()
  await dev.ended
  t.equal(await catalogue(), undefined)
})
