import { join } from 'node:path'
import { binOf, inProject } from '../../support/paths.ts'
import { bashOracle } from '../languages/bash/bash-oracle.ts'
import { csharpOracle } from '../languages/dotnet/csharp-oracle.ts'
import { fsharpOracle } from '../languages/dotnet/fsharp-oracle.ts'
import { juliaOracleLoosely } from '../languages/julia/julia-oracle.ts'
import { scalaOracle } from '../languages/jvm/scala-oracle.ts'
import { octaveOracle } from '../languages/matlab/matlab-oracle.ts'
import { powershellOracle } from '../languages/powershell/powershell-oracle.ts'
import { pythonOracle } from '../languages/python/python-oracle.ts'
import { rOracleLoosely } from '../languages/r/r-oracle.ts'
import type { Oracle } from '../oracle.ts'
import { run } from '../support.ts'
import {
  type Plain,
  plainBash,
  plainCsharp,
  plainFsharp,
  plainMatlab,
  plainPowershell,
  plainScala,
} from './plain.ts'

/** A language that papermill has a translator for. */
export interface Translated {
  /** As kernelspec.language says it, and as papermill registers its translator. */
  readonly language: string
  readonly papermill: string
  /** Judges both: where another type than ours serves a reader as well, it is right. */
  readonly oracle: Oracle
  readonly plain?: Plain
}

/**
 * A further language is one line here and one row in docs/languages.md ("Beside papermill"); the test says what must
 * stand in it.
 */
export const translated: readonly Translated[] = [
  { language: 'python', papermill: 'python', oracle: pythonOracle },
  { language: 'R', papermill: 'R', oracle: rOracleLoosely },
  { language: 'julia', papermill: 'julia', oracle: juliaOracleLoosely },
  { language: 'bash', papermill: 'bash', oracle: bashOracle, plain: plainBash },
  { language: 'powershell', papermill: '.net-powershell', oracle: powershellOracle, plain: plainPowershell },
  { language: 'scala', papermill: 'scala', oracle: scalaOracle('scala2'), plain: plainScala },
  { language: 'matlab', papermill: 'matlab', oracle: octaveOracle, plain: plainMatlab },
  { language: 'c#', papermill: '.net-csharp', oracle: csharpOracle, plain: plainCsharp },
  { language: 'f#', papermill: '.net-fsharp', oracle: fsharpOracle, plain: plainFsharp },
]

/** What papermill's own translator makes of parameters in JSON; `undefined` where it refuses. */
export function translateByPapermill(language: string, all: readonly string[]): (string | undefined)[] {
  const program = inProject('tests/notebook/papermill/translate.py')
  const input = JSON.stringify(all.map((params) => [language, params]))
  const answers = JSON.parse(run(join(binOf('bench'), 'python'), [program], input)) as { source?: string }[]
  return answers.map(({ source }) => source)
}
