import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { go } from './go.ts'
import { julia } from './julia.ts'
import type { Language } from './language.ts'
import { python } from './python.ts'
import { r } from './r.ts'
import { rust } from './rust.ts'

/** Every language that has literals: one file and one line each. */
export const languages: readonly Language[] = [python, r, julia, c, cpp, go, rust]

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
