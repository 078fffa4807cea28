/** What the pages tell users of SampleDB to paste, checked by SampleDB itself (tests/support/requirements/sampledb.txt). */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../service/notebook/index.ts'
import { withSchema } from '../notebook/schema/support.ts'
import { run, templateOf } from '../notebook/support.ts'
import { binOf, inProject } from '../support/paths.ts'
import { hostileTemplate, snippetsOf } from './connect-support.ts'

/** What SampleDB says of the schema of an action that holds these entries; null: it is valid. */
function validate(entries: readonly string[]): (string | null)[] {
  const schemas = entries.map((entry) =>
    JSON.parse(`{"title": "Measurement", "type": "object", "required": ["name"],
      "properties": {"name": {"title": "Name", "type": "text"}}, ${entry}}`),
  )
  const python = join(binOf('sampledb'), 'python')
  return JSON.parse(run(python, [inProject('tests/web/validate_schemas.py')], JSON.stringify(schemas)))
}

t.before(() => {
  execFileSync(process.execPath, [inProject('tests/support/environments.mjs'), 'sampledb'])
})

const shipped = [
  'some_instrument/Data_Analysis_{measurement_name}.ipynb',
  'measurement/Plot_{name}.ipynb',
  'measurement/Scan_Profile.ipynb',
  'calibration/Calibration_Line_R.ipynb',
  'sampledb/Object_Files_{object_id}.ipynb',
]

t.test('the entry for an action is valid by SampleDB’s own check', async (t) => {
  const { path, template, title } = hostileTemplate()
  const all =
    withSchema(`{"a":{"type":"integer"},"b":{"$ref":"sampledb:quantity"},"c":{"type":"boolean"},"":{},
    "d":{"type":"string","format":"date-time"},"e":{"enum":["x"]},"f":{"type":"array"},"g":{"type":"string"}}`)
  const entries = [
    ...shipped.map((path) => {
      const file = readFileSync(inProject('templates', path))
      return snippetsOf(path, compileTemplate(file)).sampledb
    }),
    snippetsOf('all.ipynb', all).sampledb,
    snippetsOf('nothing.ipynb', templateOf('python')).sampledb,
    snippetsOf(path, template, { title }).sampledb,
    snippetsOf('http:/x.ipynb', templateOf('python')).sampledb,
    snippetsOf('a/..b/%2e%2e?x#y.ipynb', templateOf('python')).sampledb,
  ]
  t.same(
    validate(entries),
    entries.map(() => null),
  )
})

t.test('and the check is a true one', async (t) => {
  const wrong = [
    '"notebookTemplates": [{"title": "a", "url": "http:/x.ipynb", "params": {}}]',
    '"notebookTemplates": [{"title": "a", "url": "x.ipynb", "params": {"a": "name"}}]',
    '"notebookTemplates": [{"title": "a", "url": "x.ipynb"}]',
  ]
  t.match(validate(wrong), [/must be relative/, /must be a list/, /missing keys/])
})
