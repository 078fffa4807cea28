import { bash } from './bash.ts'
import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { csharp } from './csharp.ts'
import { fsharp } from './fsharp.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { julia } from './julia.ts'
import { kotlin } from './kotlin.ts'
import type { Language } from './language.ts'
import { matlab } from './matlab.ts'
import { powershell } from './powershell.ts'
import { python } from './python.ts'
import { r } from './r.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { sage } from './sage.ts'
import { scala } from './scala.ts'
import { typescript } from './typescript.ts'

/** Every language that has literals: one file and one line each. */
export const languages: readonly Language[] = [
  python,
  r,
  julia,
  matlab,
  scala,
  csharp,
  fsharp,
  powershell,
  bash,
  c,
  cpp,
  javascript,
  typescript,
  java,
  kotlin,
  go,
  rust,
  ruby,
  sage,
]

/**
 * The language of a notebook, by the name that its metadata give, or by its kernel's name when they give none.
 * `undefined` when it is not in the table: nothing is guessed.
 */
export function findLanguage(named: { language: string; byKernel: boolean }): Language | undefined {
  const name = named.language.toLowerCase()
  return languages.find(
    (language) => language.aliases.includes(name) || (named.byKernel && language.kernels.test(name)),
  )
}
