import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { firstDifference } from '../../support.ts'
import { type JuliaValue, readJulia, type Strictness } from './julia-tree.ts'

/** The tree of Julia's grammar, its values as docs/languages.md says. */
export const juliaOracle: Oracle = (cases) => Promise.all(cases.map((one) => judge(one, { types: true })))

/** The same, but the types of vectors, dictionaries and numbers may be others: for cells that others make. */
export const juliaOracleLoosely: Oracle = (cases) =>
  Promise.all(cases.map((one) => judge(one, { types: false })))

async function judge(one: OracleCase, strictness: Strictness): Promise<string | undefined> {
  try {
    const got = await readJulia(one.source, strictness)
    const wanted = readParameters(one.params).map(
      ([name, value]) => [one.names[name], expected(value)] as const,
    )
    const lines = (all: readonly unknown[]) => all.map((each) => show(each, strictness))
    return firstDifference(lines(got), lines(wanted))
  } catch (error) {
    return (error as Error).message
  }
}

/** What a value is to be in Julia (docs/languages.md). */
function expected(value: Value): JuliaValue {
  switch (value.kind) {
    case 'null':
      return { type: 'Nothing' }
    case 'boolean':
      return { type: 'Bool', value: value.value }
    case 'text':
      return { type: 'String', value: value.value }
    case 'number':
      if (/^-?\d+$/.test(value.text)) return { type: 'Integer', value: BigInt(value.text) }
      return { type: 'Float64', value: Number(value.text) }
    case 'list':
      return { type: 'Vector', items: value.items.map(expected) }
    case 'object':
      return {
        type: 'Dict',
        entries: value.entries.map(([name, member]) => [name, expected(member)] as const),
      }
  }
}

/** As text in which -0.0, NaN and big integers differ from what they are not. */
function show(value: unknown, { types }: Strictness): string {
  return JSON.stringify(value, (key, part) => {
    if (!types && key === 'type' && /Integer|Float/.test(part)) return 'Number'
    if (typeof part === 'bigint') return types ? `${part}` : `${Number(part)}`
    return typeof part === 'number' ? (Object.is(part, -0) ? '-0.0' : `${part}`) : part
  })
}
