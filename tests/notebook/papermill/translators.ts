import { join } from 'node:path'
import { binOf, inProject } from '../../support/paths.ts'
import { juliaOracleLoosely } from '../languages/julia-oracle.ts'
import { pythonOracle } from '../languages/python-oracle.ts'
import { rOracleLoosely } from '../languages/r-oracle.ts'
import type { Oracle } from '../oracle.ts'
import { run } from '../support.ts'

/** A language that papermill has a translator for. */
export interface Translated {
  /** As kernelspec.language says it, and as papermill registers its translator. */
  readonly language: string
  readonly papermill: string
  /** Judges both: where another type than ours serves a reader as well, it is right. */
  readonly oracle: Oracle
}

/**
 * A further language is one line here and one row in docs/languages.md ("Beside papermill"); the test says what must
 * stand in it. papermill registers scala, matlab, .net-csharp, .net-fsharp, .net-powershell and bash as well.
 */
export const translated: readonly Translated[] = [
  { language: 'python', papermill: 'python', oracle: pythonOracle },
  { language: 'R', papermill: 'R', oracle: rOracleLoosely },
  { language: 'julia', papermill: 'julia', oracle: juliaOracleLoosely },
]

/** What papermill's own translator makes of parameters in JSON; `undefined` where it refuses. */
export function translateByPapermill(language: string, all: readonly string[]): (string | undefined)[] {
  const program = inProject('tests/notebook/papermill/translate.py')
  const input = JSON.stringify(all.map((params) => [language, params]))
  const answers = JSON.parse(run(join(binOf('bench'), 'python'), [program], input)) as { source?: string }[]
  return answers.map(({ source }) => source)
}
