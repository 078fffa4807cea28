/** The pictures of the docs, in `artefacts/`; `node tests/run/docs-pictures.mjs` puts them into `docs/`. */

import t from 'tap'
import { fieldsOf, readParameters } from '../../service/notebook/index.ts'
import { pickTexts } from '../../service/web/texts/index.ts'
import { showValues } from '../../service/web/values/shown-values.ts'
import { withSchema } from '../notebook/schema/support.ts'
import { openBrowser } from '../support/browser.ts'
import { listenOn } from '../support/listen.ts'
import { buildFrame, confirmation, servicePrefix } from '../web/support.ts'

const sent = JSON.stringify({
  measurement_name: { _type: 'text', text: 'Experiment-12345' },
  temperature: { _type: 'quantity', units: 'degC', magnitude: 21.5, dimensionality: '[temperature]' },
  created: { _type: 'datetime', utc_datetime: '2024-05-06 07:08:09' },
  calibrated: true,
  'scan-points': [
    { position: 0, valid: true },
    { position: 0.5, valid: null },
  ],
  operator: null,
  remark: 'Second run, after the cryostat was refilled.',
})

const declared =
  withSchema(`{"measurement_name": {"title": "Measurement"}, "temperature": {"title": "Temperature"},
  "created": {"title": "Created"}, "calibrated": {"title": "Calibrated"}, "scan-points": {"title": "Scan points"},
  "operator": {"title": "Operator"}, "remark": {"title": "Remark"}}`)

t.test('the confirmation page', async (t) => {
  const parameters = readParameters(sent)
  const names = parameters.map(([name]) => ({ sent: name, variable: name.replace('-', '_') }))
  const app = await buildFrame()
  const fields = fieldsOf(declared)
  const values = showValues(parameters, names, pickTexts('en'), 'en', undefined, fields)
  const template = { ...confirmation.template, language: 'Python' }
  const server = { name: '', state: 'stopped' } as const
  const view = { ...confirmation, user: 'ada', server, template, values }
  app.get(`${servicePrefix}page`, (_request, reply) => reply.page('confirm', view))
  const url = (await listenOn(t, app)) + servicePrefix
  const { page, complaints, picture } = await openBrowser(t, { viewport: { width: 1100, height: 900 } })
  await page.goto(`${url}page`)
  for (const shown of ['21.5 °C', 'scan_points', '2 items', 'https://sampledb.example'])
    t.ok(await page.getByText(shown, { exact: true }).isVisible(), shown)
  await picture('docs-confirmation')
  t.same(complaints, [])
})
