import t from 'tap'
import { send } from '../support/http.ts'
import { sparePort } from '../support/ports.ts'
import { until } from '../support/until.ts'
import { npm } from './npm.ts'

t.setTimeout(120_000)

t.test('npm start serves the catalogue without a hub, and Ctrl-C ends it in good order', async (t) => {
  const port = await sparePort()
  const start = npm(t, ['start'], {
    NOTEBOOK_TEMPLATES_PORT: String(port),
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
  })
  const catalogue = await until(
    'the catalogue',
    () => send(`http://127.0.0.1:${port}/`).catch(() => undefined),
    { within_s: 60 },
  )
  t.equal(catalogue.status, 200)
  t.match(catalogue.text(), 'Decay fit')
  start.interrupt()
  await start.ended
  await t.rejects(send(`http://127.0.0.1:${port}/`), { code: 'ECONNREFUSED' })
})
