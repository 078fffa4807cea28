import { Fault } from '../fault.ts'
import type { CompiledTemplate } from './compile.ts'
import { jsonText } from './languages/json-text.ts'
import type { Assignment, Declared, Language } from './languages/language.ts'
import { nameVariables } from './names.ts'
import { type Parameters, shorten, type Value } from './parameters.ts'
import { plainText, settleParameters } from './settle.ts'

/** The new cell. */
export interface Cell {
  /** '' when nothing is to be set: no cell. */
  readonly source: string
  /** For the confirmation page; `variable` is `undefined` when none is set. */
  readonly names: readonly { readonly sent: string; readonly variable: string | undefined }[]
}

/**
 * The source that sets the parameters in the template's language (DESIGN 2.3), or, in a language that is not in the
 * table, the parameters as JSON text.
 *
 * @param languages the user's, best first, for translated texts
 * @throws Fault 20 `nul-character` with `name`, and those of `settleParameters`
 */
export function makeCell(
  parameters: Parameters,
  template: CompiledTemplate,
  languages: readonly string[],
): Cell {
  const { language } = template
  const set = settleParameters(parameters, template, languages)
  if (language === undefined) return rawCell(parameters, set)
  const declared = declaredNames(template, language)
  const { assign, takesNul } = language
  const { fold } = language.identifiers
  // What only the schema names, no cell sets: there a name that must not be set stays one.
  const setInCell = { has: (name: string) => declared.has(name) && !declared.get(name)?.unset }
  const naming = nameVariables(
    set.map(([name]) => name),
    language.identifiers,
    setInCell,
  )
  const needs = new Set<string>()
  const lines = new Lines()
  let variable = ''
  const companion = (suffix: string) => naming.companion(`${variable}_${suffix}`)
  set.forEach(([sent, value], index) => {
    variable = naming.variables[index]!
    if (!takesNul && hasNul(value)) throw new Fault(20, 'nul-character', { name: shorten(sent) })
    // The cell may declare a text that was sent by another name: `a_b` for `a-b`.
    const inCell = declared.get(fold(variable))
    const own = inCell?.text ? plainText(value, languages) : value
    const assignment = assign(variable, own, companion, inCell)
    for (const line of assignment.needs ?? []) needs.add(line)
    lines.add(withRemarks(assignment, sent === variable ? undefined : sent, language))
  })
  const opening = language.opening?.(naming.variables, declared) ?? []
  const head = [language.comment('Parameters'), ...needs, ...opening]
  return {
    source: set.length === 0 ? '' : head.join('\n') + lines.text(),
    // Only a page asks for them.
    get names() {
      return namesOf(parameters, set, naming.variables)
    },
  }
}

// A hundred thousand strings, each made of several, must not wait to be joined: collecting them took most of the time.
const together = 1000

/** Lines of a cell, each with a line feed before it: a hundred thousand short ones, or one with megabytes. */
class Lines {
  #text = ''
  #last: string[] = []

  add(line: string): void {
    if (this.#last.push(line) === together) this.#join()
  }

  text(): string {
    if (this.#last.length > 0) this.#join()
    return this.#text
  }

  #join(): void {
    this.#text += `\n${this.#last.join('\n')}`
    this.#last = []
  }
}

/** The code with what there is to say of it, and with the name sent where that is not the variable's. */
function withRemarks(
  { code, notes }: Assignment,
  sent: string | undefined,
  { gap, comment }: Language,
): string {
  if (sent === undefined && notes.length === 0) return code
  const remarks = sent === undefined ? notes : [asciiJson(sent), ...notes]
  return remark(code, gap + comment(remarks.join(', ')))
}

/** `set` are some of the parameters, in their order. */
function namesOf(parameters: Parameters, set: Parameters, variables: readonly string[]): Cell['names'] {
  let next = 0
  return parameters.map((entry) => {
    const isSet = entry[0] === set[next]?.[0]
    return { sent: entry[0], variable: isSet ? variables[next++] : undefined }
  })
}

function rawCell(parameters: Parameters, set: Parameters): Cell {
  return {
    source: set.length === 0 ? '' : jsonText({ kind: 'object', entries: set }),
    names: parameters.map(([sent]) => ({ sent, variable: undefined })),
  }
}

const known = new WeakMap<CompiledTemplate, ReadonlyMap<string, Declared>>()

/** What the `parameters` cell sets, by the form in which the language compares names. */
function declaredNames(template: CompiledTemplate, { identifiers }: Language): ReadonlyMap<string, Declared> {
  let names = known.get(template)
  if (names === undefined) {
    names = new Map(template.declared.map((declared) => [identifiers.fold(declared.name), declared]))
    known.set(template, names)
  }
  return names
}

function hasNul(value: Value): boolean {
  if (value.kind === 'text') return value.value.includes('\0')
  if (value.kind === 'list') {
    for (const item of value.items) if (item.kind !== 'number' && hasNul(item)) return true
  } else if (value.kind === 'object') {
    for (const entry of value.entries) if (entry[0].includes('\0') || hasNul(entry[1])) return true
  }
  return false
}

/**
 * At the end of the first line: a comment that has a line to itself could be the second of a Python script, where
 * `coding: utf-7` would change how the rest is read (PEP 263).
 */
function remark(code: string, comment: string): string {
  const end = code.indexOf('\n')
  if (end < 0) return code + comment
  return code.slice(0, end) + comment + code.slice(end)
}

/** A text as a JSON string of ASCII only, in which no comment of any language can end. */
function asciiJson(text: string): string {
  const json = JSON.stringify(text.length > 500 ? `${text.slice(0, 500)}...` : text)
  return json
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('*/', '*\\/')
}
