import type { Test } from 'tap'
import { findLanguage, languages } from '../../../../service/notebook/languages/index.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf, label } from '../../support.ts'

const found = (name: string) => languages.find((language) => language.name === name)!

/** What becomes of the parameter `x` for each value: the lines after the first, and after those that open the cell. */
export function checkLiterals(
  t: Test,
  name: string,
  table: readonly (readonly [json: string, code: string])[],
  parametersSource?: string,
): void {
  const language = found(name)
  for (const [json, code] of table) {
    const { source } = cellOf(language.aliases[0]!, `{"x": ${json}}`, parametersSource)
    const opening = language.opening === undefined ? 0 : 1
    t.equal(
      source
        .split('\n')
        .slice(1 + opening)
        .join('\n'),
      code,
      label(json),
    )
  }
}

/** Which variable each name gets, when it is the only one. */
export function checkNames(
  t: Test,
  name: string,
  table: readonly (readonly [sent: string, variable: string])[],
  declared: readonly string[] = [],
): void {
  const { identifiers } = found(name)
  const folded = new Set(declared.map((one) => identifiers.fold(one)))
  for (const [sent, variable] of table)
    t.strictSame(nameVariables([sent], identifiers, folded).variables, [variable], label(sent))
}

/** What a `parameters` cell declares: `name` is a text, `name?` something else; `word name` by that word. */
export function checkDeclared(
  t: Test,
  name: string,
  table: readonly (readonly [source: string, declared: string])[],
): void {
  for (const [source, declared] of table) {
    const shown = found(name)
      .declared(source)
      .map(({ name: one, text, word }) => `${word === undefined ? '' : `${word} `}${one}${text ? '' : '?'}`)
    t.equal(shown.join(', '), declared, label(source))
  }
}

/** The language of notebooks by `kernelspec.language` or `language_info.name`, and by a kernel's name alone. */
export function checkRecognised(
  t: Test,
  name: string,
  named: readonly string[],
  kernels: readonly string[],
): void {
  for (const language of named) t.equal(findLanguage({ language, byKernel: false })?.name, name, language)
  for (const kernel of kernels)
    t.equal(findLanguage({ language: kernel, byKernel: true })?.name, name, kernel)
}
