import t from 'tap'
import { takesOthers } from '../../../service/notebook/schema/others.ts'
import { templateOf } from '../support.ts'
import { withSchema } from './support.ts'

t.test('whether a template takes parameters that it does not name', async (t) => {
  const table: [schema: string, wanted: boolean][] = [
    ['{"a":{}}', true],
    ['{"type":"object","properties":{"a":{}}}', true],
    ['{"type":"object","additionalProperties":{"type":"number"}}', true],
    ['{"type":"object","additionalProperties":true}', true],
    ['{"type":"object","additionalProperties":false}', false],
    ['{"type":"object","unevaluatedProperties":false}', false],
    [
      '{"type":"object","allOf":[{"$ref":"#/$defs/shut"}],"$defs":{"shut":{"additionalProperties":false}}}',
      false,
    ],
    ['{"type":"object","properties":{"a":{"type":"object","additionalProperties":false}}}', true],
  ]
  for (const [schema, wanted] of table) t.equal(takesOthers(withSchema(schema)), wanted, schema)
  t.equal(takesOthers(templateOf('python', 'a = 1')), true, 'without a schema anything goes')
})
