import type { Node } from 'web-tree-sitter'
import { words } from '../../../../service/notebook/languages/language.ts'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { inProject } from '../../../support/paths.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { run } from '../../support.ts'
import { strangeNode } from '../shared/literal-tree.ts'

const kinds = words(`
  program comment assignment identifier integer float unary string string_content escape_sequence nil true false array
  hash pair scope_resolution constant`)

function isLiteral(node: Node): boolean {
  switch (node.type) {
    case 'identifier':
      return node.parent?.childForFieldName('left')?.id === node.id
    case 'unary':
      return node.text.startsWith('-')
    case 'scope_resolution':
      return node.text === 'Float::NAN' || node.text === 'Float::INFINITY'
    case 'constant':
      return node.parent?.type === 'scope_resolution'
  }
  return true
}

type Shown = string | Readonly<Record<string, string>>

/** Each cell in a binding of its own, as IRuby has one for a notebook. */
export const rubyOracle: Oracle = async (cases) => {
  const program = inProject('tests/notebook/languages/ruby/run_cells.rb')
  const shown: Shown[] = JSON.parse(run('ruby', [program], JSON.stringify(cases)))
  const faults: (string | undefined)[] = []
  for (const [index, one] of cases.entries())
    faults.push((await strangeNode('ruby', one.source, kinds, isLiteral)) ?? faultOf(one, shown[index]!))
  return faults
}

function faultOf({ params, names }: OracleCase, shown: Shown): string | undefined {
  if (typeof shown === 'string') return shown
  const sent = readParameters(params)
  const set = Object.keys(shown).length
  if (set !== sent.length) return `${sent.length} sent, ${set} set`
  for (const [name, value] of sent) {
    const got = shown[names[name]!]
    const wanted = expected(value)
    if (got !== wanted) return `${name} is ${got}, not ${wanted}`.slice(0, 500)
  }
  return undefined
}

/** What run_cells.rb shows of a value that came as the docs say (docs/languages.md). */
function expected(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'text':
      return textOf(value.value)
    case 'number':
      return numberOf(value.text)
    case 'list':
      return `[${value.items.map(expected).join(' ')}]`
    case 'object':
      return `{${value.entries.map(([name, member]) => `${textOf(name)}=${expected(member)}`).join(' ')}}`
  }
}

function textOf(text: string): string {
  return `UTF-8 true ${Buffer.from(text).toString('hex')}`
}

function numberOf(digits: string): string {
  if (/^-?\d+$/.test(digits)) return `integer ${BigInt(digits)}`
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(Number(digits))
  return digits === 'NaN' ? 'float nan' : `float ${bytes.toString('hex')}`
}
