import { join } from 'node:path'
import { binOf, inProject } from '../../support/paths.ts'
import { bashOracle } from '../languages/bash-oracle.ts'
import { juliaOracleLoosely } from '../languages/julia-oracle.ts'
import { powershellOracle } from '../languages/powershell-oracle.ts'
import { pythonOracle } from '../languages/python-oracle.ts'
import { rOracleLoosely } from '../languages/r-oracle.ts'
import { scalaOracle } from '../languages/scala-oracle.ts'
import type { Oracle } from '../oracle.ts'
import { run } from '../support.ts'

/** A language that papermill has a translator for. */
export interface Translated {
  /** As kernelspec.language says it, and as papermill registers its translator. */
  readonly language: string
  readonly papermill: string
  /** Judges both: where another type than ours serves a reader as well, it is right. */
  readonly oracle: Oracle
  /** Rewrites what in papermill's cell for `{"x": …}` is right in another way than ours. */
  readonly plain?: (source: string, params: string) => string
}

/**
 * A further language is one line here and one row in docs/languages.md ("Beside papermill"); the test says what must
 * stand in it. papermill registers matlab, .net-csharp and .net-fsharp as well.
 */
export const translated: readonly Translated[] = [
  { language: 'python', papermill: 'python', oracle: pythonOracle },
  { language: 'R', papermill: 'R', oracle: rOracleLoosely },
  { language: 'julia', papermill: 'julia', oracle: juliaOracleLoosely },
  { language: 'bash', papermill: 'bash', oracle: bashOracle, plain: plainBash },
  {
    language: 'powershell',
    papermill: '.net-powershell',
    oracle: powershellOracle,
    // Constants are spelled in any case, and a hash table may keep no order.
    plain: (source) =>
      source
        .replace(/\$(Null|True|False)\b/g, (constant) => constant.toLowerCase())
        .replaceAll('@{', '[ordered]@{'),
  },
  { language: 'scala', papermill: 'scala', oracle: scalaOracle('scala2'), plain: plainScala },
]

/** A number may be spelled and a quote be quoted in another way; the oracle begins with variables that other cells have spoilt. */
function plainBash(source: string, params: string): string {
  const [, digits] = /^\{"x": (-?[0-9][\w.+-]*)\}$/.exec(params) ?? []
  const [, theirs] = /^x=(.*)$/m.exec(source) ?? []
  const same = digits !== undefined && Number(theirs) === Number(digits)
  return `unset -v x\n${same ? `x=${digits}\n` : source.replaceAll(`'"'"'`, "'\\''")}`
}

/**
 * Any sequence is right, any map, though it keep no order, and `None`. On deep ones the compiler's stack overflows, and
 * its process ends: they stay what the oracle takes for wrong.
 */
function plainScala(source: string): string {
  if (/(Seq\(|Map\("a" -> ){50}/.test(source)) return source
  return source
    .replace(/\bSeq\(/g, 'scala.List(')
    .replace(/\bMap\(/g, 'scala.collection.immutable.ListMap(')
    .replace(/\bNone\b/g, 'null')
}

/** What papermill's own translator makes of parameters in JSON; `undefined` where it refuses. */
export function translateByPapermill(language: string, all: readonly string[]): (string | undefined)[] {
  const program = inProject('tests/notebook/papermill/translate.py')
  const input = JSON.stringify(all.map((params) => [language, params]))
  const answers = JSON.parse(run(join(binOf('bench'), 'python'), [program], input)) as { source?: string }[]
  return answers.map(({ source }) => source)
}
