import t from 'tap'
import { asFault } from '../../../service/fault.ts'
import { languages } from '../../../service/notebook/languages/index.ts'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import {
  checkSecrets,
  secretNames,
  secretsOf,
  withholdSecrets,
} from '../../../service/notebook/parameters/secrets.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { placeNotebook } from '../../../service/notebook/render/file-name.ts'
import { fieldsOf } from '../../../service/notebook/schema/fields.ts'
import type { CompiledTemplate } from '../../../service/notebook/template/compile.ts'
import { withSchema } from '../schema/support.ts'
import { label, templateOf, thrown } from '../support.ts'

/** Names that are withheld, of those given. */
function withheldOf(template: CompiledTemplate, names: readonly string[], setting?: readonly string[]) {
  return names.filter(secretsOf(template, secretNames(setting)))
}

const usual = `jwt auth_token access_token refresh_token id_token api_key apikey password passwd client_secret
  authorization bearer`.split(/\s+/)

t.test('names that are used for credentials alone', async (t) => {
  const template = templateOf('python', 'a = 1')
  t.same(withheldOf(template, usual), usual)
  const spellings = ['JWT', 'Auth-Token', 'API-KEY', 'Client_Secret', 'refresh-Token', 'ApiKey']
  t.same(withheldOf(template, spellings), spellings)
  const others = [
    'token',
    'key',
    'secret',
    'user',
    'jwt2',
    'my_jwt',
    'password_hint',
    'name',
    ' jwt',
    'api key',
    '',
  ]
  t.same(withheldOf(template, others), [])
})

t.test('a list of the template takes the place of these names', async (t) => {
  const names = ['jwt', 'password', 'db_key', 'DB_KEY', 'name']
  const listed = (secrets: unknown) => withheldOf(templateOf('python', '', { secrets }), names)
  t.same(listed(['db_key']), ['db_key'])
  t.same(listed([]), [], 'an empty list counts')
  t.same(listed(null), ['jwt', 'password'], 'null is no list')
})

t.test('a list that is none is a fault of the template', async (t) => {
  for (const secrets of ['jwt', { jwt: true }, [1], [['jwt']], true]) {
    t.throws(() => templateOf('python', '', { secrets }), {
      message: 'metadata.notebook_templates.secrets is not a list of texts',
    })
  }
})

t.test('the setting extends the names, or empties them', async (t) => {
  const template = templateOf('python', '')
  const names = ['jwt', 'scicat_token', 'name']
  t.same(withheldOf(template, names, ['SciCat-Token']), ['jwt', 'scicat_token'])
  t.same(withheldOf(template, names, ['none']), [])
  t.same(withheldOf(template, ['ŞİFRE', 'şi\u0307fre', 'sifre'], ['ŞİFRE']), ['ŞİFRE', 'şi\u0307fre'])
  t.same(withheldOf(template, names, ['none', 'scicat_token']), ['scicat_token'])
  const own = templateOf('python', '', { secrets: [] })
  t.same(withheldOf(own, names, ['scicat_token']), [], 'a list of the template takes their place as well')
})

const secretText = '{"type":"string","writeOnly":true}'
const marks: readonly (readonly [label: string, schema: string, secret: string[]])[] = [
  ['writeOnly', `{"a":${secretText},"b":{"type":"string"}}`, ['a']],
  ['the format password', '{"a":{"type":"string","format":"password"}}', ['a']],
  ['writeOnly that is false', '{"a":{"writeOnly":false}}', []],
  [
    'one that Pydantic writes for an optional secret',
    `{"a":{"anyOf":[${secretText},{"type":"null"}]}}`,
    ['a'],
  ],
  [
    'a reference',
    `{"type":"object","$defs":{"s":${secretText}},"properties":{"a":{"$ref":"#/$defs/s"}}}`,
    ['a'],
  ],
  ['allOf of all', `{"type":"object","allOf":[{"properties":{"a":${secretText}}}]}`, ['a']],
  [
    'a condition',
    `{"type":"object","if":{"required":["b"]},"then":{"properties":{"a":${secretText}}}}`,
    ['a'],
  ],
  ['a pattern', `{"type":"object","patternProperties":{"^b":${secretText}}}`, ['b']],
  ['all others', `{"type":"object","properties":{"a":{}},"additionalProperties":${secretText}}`, ['b']],
  ['one deep inside', `{"a":{"type":"object","properties":{"b":${secretText}}}}`, []],
]

t.test('what the schema marks', async (t) => {
  for (const [label, schema, secret] of marks) {
    const template = withSchema(schema, 'a = 1', { secrets: [] })
    t.same(withheldOf(template, ['a', 'b']), secret, `${label}; the list of names does not change it`)
  }
  t.same(
    withheldOf(withSchema(`{"a":${secretText}}`), ['a', 'jwt', 'b']),
    ['a', 'jwt'],
    'and the names beside it',
  )
})

t.test('only names at the top count', async (t) => {
  const sent = readParameters('{"a":{"jwt":1},"b":[{"password":"x"}]}')
  t.same(withholdSecrets(sent, templateOf('python', ''), secretNames()), { parameters: sent, withheld: [] })
})

/** The cell of what is left of parameters sent. */
function cellWithout(template: CompiledTemplate, sent: string): string {
  const { parameters, withheld } = withholdSecrets(readParameters(sent), template, secretNames())
  checkSecrets(readParameters(sent), template, ['en'], withheld)
  return makeCell(parameters, template, ['en'], withheld).source
}

t.test('a declared secret becomes null with a comment, an undeclared one is not set', async (t) => {
  const sent = '{"jwt":"hunter2","n":1.0,"auth-token":"hunter2"}'
  const remark = '  # not set: withheld, looks like a credential'
  t.equal(cellWithout(templateOf('python', 'n = 2'), sent), '# Parameters\nn = 1.0')
  t.equal(cellWithout(templateOf('python', 'jwt = ""'), sent), `# Parameters\nn = 1.0\njwt = None${remark}`)
  t.equal(
    cellWithout(templateOf('python', 'auth_token = ""'), sent),
    `# Parameters\nn = 1.0\nauth_token = None  # "auth-token", not set: withheld, looks like a credential`,
    'declared by the name of its variable',
  )
  t.equal(cellWithout(withSchema('{"jwt":{}}'), sent), `# Parameters\nn = 1.0\njwt = None${remark}`)
  t.equal(cellWithout(templateOf('python', 'jwt = ""'), '{"jwt":1}'), `# Parameters\njwt = None${remark}`)
  t.equal(cellWithout(templateOf('python', ''), '{"jwt":1}'), '', 'nothing is left: no cell')
  const onNull = templateOf('python', 'jwt = ""', { on_null: 'default' })
  t.equal(cellWithout(onNull, '{"jwt":1}'), `# Parameters\njwt = None${remark}`)
})

t.test('every language says so in its own comment', async (t) => {
  t.ok(languages.length > 15)
  for (const { name, aliases, comment, assign } of languages) {
    const schema = { type: 'object', properties: { jwt: { type: 'string' } } }
    const source = cellWithout(templateOf(aliases[0]!, undefined, { params: schema }), '{"jwt":"hunter2"}')
    const { code } = assign('jwt', { kind: 'null' }, (suffix) => suffix)
    t.match(source, code.split('\n')[0]!, name)
    t.match(source, comment('not set: withheld, looks like a credential'), name)
    t.notMatch(source, 'hunter2')
  }
})

t.test('in a language that is not known, the JSON text has null', async (t) => {
  const template = templateOf('cobol', undefined, { params: { jwt: {} } })
  t.equal(cellWithout(template, '{"jwt":"hunter2","a":1}'), '{"a": 1, "jwt": null}')
})

t.test('names of the others do not depend on what is withheld', async (t) => {
  const template = templateOf('python', 'n = 2')
  const { parameters, withheld } = withholdSecrets(
    readParameters('{"jwt":1,"j-wt":2,"n":3}'),
    template,
    secretNames(),
  )
  t.same(makeCell(parameters, template, ['en'], withheld).names, [
    { sent: 'j-wt', variable: 'j_wt' },
    { sent: 'n', variable: 'n' },
  ])
})

const schemas: readonly (readonly [schema: string, sent: string, reason: string, place: string])[] = [
  ['{"password":{"const":"hunter2"}}', '{"password":"hunter3"}', 'other', 'password'],
  ['{"password":{"enum":["hunter2"]}}', '{"password":"hunter3"}', 'other', 'password'],
  ['{"password":{"pattern":"^hunter2$"}}', '{"password":"hunter3"}', 'other', 'password'],
  ['{"password":{"type":"string","minLength":9}}', '{"password":"hunter3"}', 'shortest', 'password'],
  ['{"password":{"type":"number"}}', '{"password":"hunter3"}', 'number', 'password'],
  ['{"password":{"additionalProperties":false}}', '{"password":{"hunter3":1}}', 'other', 'password'],
  ['{"password":{"required":["hunter2"]}}', '{"password":{"hunter3":1}}', 'other', 'password'],
  [
    '{"type":"object","anyOf":[{"properties":{"password":{"properties":{"hunter3":{"type":"number"}}}}}]}',
    '{"password":{"hunter3":"x"}}',
    'other',
    'password',
  ],
]

t.test('what the schema finds wrong with a secret says nothing of its value', async (t) => {
  for (const [schema, sent, reason, place] of schemas) {
    const fault = asFault(thrown(() => cellWithout(withSchema(schema), sent)))
    t.match(fault, {
      code: 20,
      reason: 'not-as-declared',
      details: [{ reason, values: { name: 'password', place } }],
    })
    t.notMatch(JSON.stringify([fault.details, fault.values]), /hunter/, label(schema))
  }
})

t.test('the schema sees the value, and later only that it was there', async (t) => {
  const schema =
    '{"type":"object","properties":{"password":{"type":"string","minLength":9}},"required":["password"]}'
  const template = withSchema(schema)
  t.doesNotThrow(() => cellWithout(template, '{"password":"long enough"}'))
  t.match(
    thrown(() => cellWithout(template, '{}')),
    { reason: 'not-as-declared' },
  )
  t.match(
    thrown(() => cellWithout(template, '{"password":"short"}')),
    { reason: 'not-as-declared' },
  )
  t.doesNotThrow(() => makeCell([], template, [], ['password']))
})

t.test('a secret fills no file name', async (t) => {
  const place = (withheld: string[]) =>
    placeNotebook({ template: '{password}.ipynb', parameters: [], languages: [], target: '.', withheld })
  t.throws(() => place(['password']), { code: 15, reason: 'withheld', values: { name: 'password' } })
  t.throws(() => place([]), { code: 15, reason: 'missing' })
})

t.test('the format password says nothing of how a text looks', async (t) => {
  const template = withSchema('{"a":{"type":"string","format":"password"}}')
  t.doesNotThrow(() => cellWithout(template, `{"a":${JSON.stringify('x'.repeat(5000))}}`))
  t.equal(fieldsOf(template)[0]?.format, 'password')
})
