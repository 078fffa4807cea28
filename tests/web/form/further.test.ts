import t from 'tap'
import { withoutSecretTexts } from '../../../service/web/form/further.ts'

t.test('further values are shown again without secrets', async (t) => {
  const isSecret = (name: string) => name === 'jwt'
  const table: [label: string, typed: string, shown: string][] = [
    ['nothing', '', ''],
    ['no secret', '{ "a":1.0 }', '{ "a":1.0 }'],
    ['a secret', '{"jwt":"hunter2","a":1.0}', '{"a": 1.0}'],
    ['a secret alone', '{"jwt":"hunter2"}', '{}'],
    ['a name inside of a value', '{"a":{"jwt":1}}', '{"a":{"jwt":1}}'],
    ['no JSON', '{"a":1,}', '{"a":1,}'],
    ['no JSON, with a secret', '{"jwt":"hunter2",}', ''],
    ['no JSON, with a secret in other quotes', "{'jwt': 'hunter2'}", ''],
    ['a secret twice', '{"jwt":"hunter2","jwt":"hunter2"}', ''],
  ]
  for (const [label, typed, shown] of table) t.equal(withoutSecretTexts(typed, isSecret), shown, label)
})
