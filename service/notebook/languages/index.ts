import { bash } from './bash/bash.ts'
import { c } from './c/c.ts'
import { cpp } from './c/cpp.ts'
import { csharp } from './dotnet/csharp.ts'
import { fsharp } from './dotnet/fsharp.ts'
import { go } from './go/go.ts'
import { javascript } from './javascript/javascript.ts'
import { typescript } from './javascript/typescript.ts'
import { julia } from './julia/julia.ts'
import { java } from './jvm/java.ts'
import { kotlin } from './jvm/kotlin.ts'
import { scala } from './jvm/scala.ts'
import type { Language } from './language.ts'
import { matlab } from './matlab/matlab.ts'
import { powershell } from './powershell.ts'
import { python } from './python/python.ts'
import { sage } from './python/sage.ts'
import { r } from './r/r.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust/rust.ts'

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

/** The language of a name, or of a kernel's name. `undefined` when it is not in the table: nothing is guessed. */
export function findLanguage(named: { language: string; byKernel: boolean }): Language | undefined {
  const name = named.language.toLowerCase()
  return languages.find(
    (language) => language.aliases.includes(name) || (named.byKernel && language.kernels.test(name)),
  )
}
