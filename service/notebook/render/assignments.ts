import type { Assignment, Language } from '../languages/language.ts'
import { plainText } from '../parameters/settle.ts'
import type { Parameters } from '../parameters/value.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { asciiJson } from './ascii.ts'
import { declaredNames } from './declared-names.ts'
import type { Naming } from './variable-names.ts'

/** What a cell sets, in this order. */
interface CellContent {
  readonly set: Parameters
  /** How many of them are parameters; the others are secrets. */
  readonly settled: number
  /** The user's, for texts in several languages. */
  readonly languages: readonly string[]
  /** What there is to say of where they come from (`sourceRemark`). */
  readonly remark: string | undefined
}

/** The source of a cell that sets something: a line for each variable, and above them what they need. */
export function writeAssignments(
  { set, settled, languages, remark }: CellContent,
  template: CompiledTemplate,
  language: Language,
  naming: Naming,
): string {
  const declared = declaredNames(template, language)
  const { assign } = language
  const { fold } = language.identifiers
  const needs = new Set<string>()
  const lines = new Lines()
  let variable = ''
  const companion = (suffix: string) => naming.companion(`${variable}_${suffix}`)
  set.forEach(([sent, value], index) => {
    variable = naming.variables[index]!
    // The cell may declare a text that was sent by another name: `a_b` for `a-b`.
    const inCell = declared.get(fold(variable))
    const own = inCell?.text ? plainText(value, languages) : value
    const assignment = assign(variable, own, companion, inCell)
    for (const line of assignment.needs ?? []) needs.add(line)
    const told = index < settled ? assignment : asWithheld(assignment)
    lines.add(withRemarks(told, sent === variable ? undefined : sent, language))
  })
  const opening = language.opening?.(naming.variables, declared) ?? []
  const first = template.magic?.repeated ? [template.magic.line] : []
  const remarks = ['Parameters', ...(remark === undefined ? [] : [remark])].map(language.comment)
  const head = [...first, ...remarks, ...needs, ...opening]
  return head.join('\n') + lines.text()
}

const withheldNote = 'not set: withheld, looks like a credential'

/** A note of the language that nothing is set is said already. */
function asWithheld({ notes, ...assignment }: Assignment): Assignment {
  return { ...assignment, notes: [withheldNote, ...notes.filter((note) => note !== 'not set')] }
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
  return atFirstLine(code, gap + comment(remarks.join(', ')))
}

/**
 * At the end of the first line: a comment that has a line to itself could be the second of a Python script, where
 * `coding: utf-7` would change how the rest is read (PEP 263).
 */
function atFirstLine(code: string, comment: string): string {
  const end = code.indexOf('\n')
  if (end < 0) return code + comment
  return code.slice(0, end) + comment + code.slice(end)
}
