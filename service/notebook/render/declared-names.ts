import type { Declared, Language } from '../languages/language.ts'
import type { CompiledTemplate } from '../template/compile.ts'

const known = new WeakMap<CompiledTemplate, ReadonlyMap<string, Declared>>()

/** What the `parameters` cell sets, by the form in which the language compares names. */
export function declaredNames(
  template: CompiledTemplate,
  { identifiers }: Language,
): ReadonlyMap<string, Declared> {
  let names = known.get(template)
  if (names === undefined) {
    names = new Map(template.declared.map((declared) => [identifiers.fold(declared.name), declared]))
    known.set(template, names)
  }
  return names
}
