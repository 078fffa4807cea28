import { Fault, type FaultValues } from '../../fault.ts'
import { type Parameters, readParameters, shorten, type Value } from '../../notebook/index.ts'
import type { Fields } from '../input/form-body.ts'
import type { FormProblem } from '../texts/template-texts.ts'
import type { SavedAs } from '../values/saved-parameters.ts'
import { asksForWhole, type Control, type DecimalSign, type Typed } from './control.ts'
import { exampleNumbers, readNumber } from './numbers.ts'
import { moreKey, type Problem } from './problems.ts'
import { wrappingOf } from './wrappings.ts'

/** What a form brought back. */
export interface FilledForm {
  readonly typed: ReadonlyMap<string, Typed>
  /** The JSON text of further values. */
  readonly more: string
  /** Of the controls without a problem, in their order, and the further ones. */
  readonly parameters: Parameters
  readonly problems: ReadonlyMap<string, Problem>
  /** A button for a file was clicked: which kind of file. */
  readonly saveAs: SavedAs | undefined
}

type Read = { readonly value: Value | undefined } | { readonly problem: Problem }

/**
 * Reads what a form of these controls posted. What is wrong stands in `problems`; nothing is dropped in silence.
 *
 * @param decimal how numbers may be typed on the page
 */
export function readFilledForm(
  controls: readonly Control[],
  posted: Fields,
  decimal: DecimalSign = '.',
): FilledForm {
  const sent = new Map(posted)
  const typed = new Map(controls.map((control) => [control.key, typedIn(control, sent)]))
  const problems = new Map<string, Problem>()
  const entries: Parameters[number][] = []
  for (const control of controls) {
    const read = readControl(control, typed.get(control.key)!, decimal)
    if ('problem' in read) problems.set(control.key, read.problem)
    else if (read.value !== undefined) entries.push([control.field.name, read.value])
  }
  const more = sent.get('more') ?? ''
  try {
    for (const entry of furtherValues(more, entries)) entries.push(entry)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    problems.set(moreKey, error)
  }
  if (hasForeign(controls, posted)) problems.set('', own('changed'))
  return { typed, more, parameters: entries, problems, saveAs: savedAs(sent.get('save')) }
}

function savedAs(clicked: string | undefined): SavedAs | undefined {
  if (clicked === undefined) return undefined
  return clicked === 'yaml' ? 'yaml' : 'json'
}

function typedIn(control: Control, sent: ReadonlyMap<string, string>): Typed {
  const { key, kind, initial } = control
  return {
    value: lines(sent.get(`value.${key}`) ?? ''),
    second: sent.get(`second.${key}`) ?? (kind === 'any' ? 'text' : initial.second),
    isNull: sent.has(`null.${key}`),
  }
}

/** A form ends its lines with CR LF (HTML, 4.10.21.4), whatever was in them. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** Fields that the form has not: the template has changed since its page was loaded. */
function hasForeign(controls: readonly Control[], posted: Fields): boolean {
  const keys = new Set(controls.map(({ key }) => key))
  return posted.some(([name, value]) => {
    const [, part, key = ''] = /^(value|second|null)\.(.*)$/s.exec(name) ?? []
    if (part === undefined) return name !== 'more' && name !== 'save'
    return !keys.has(key) && value !== ''
  })
}

function own(problem: FormProblem, values: FaultValues = {}): Problem {
  return { own: problem, values }
}

function readControl(control: Control, typed: Typed, decimal: DecimalSign): Read {
  const { field, initial, kind } = control
  const place = shorten(field.title)
  if (control.hasNullBox && typed.isNull) return { value: { kind: 'null' } }
  const isSame = typed.value === initial.value && typed.second === initial.second
  const isOffered = field.value !== undefined && field.value.kind !== 'null'
  // Not only in the same digits: a date or a quantity keeps what the form does not show.
  if (isSame && isOffered && typed.value !== '' && kind !== 'choice') return { value: field.value }
  const text =
    kind === 'line' || kind === 'text' || kind === 'lines' || isText(control, typed)
      ? typed.value
      : typed.value.trim()
  if (text === '') return readEmpty(control, typed, place)
  const read =
    kind === 'number' ? readDigits(control, text, place, decimal) : readText(control, typed, text, place)
  if ('problem' in read || read.value === undefined) return read
  return wrap(control, read.value, typed.second, place)
}

function isText({ kind }: Control, { second }: Typed): boolean {
  return kind === 'any' && second === 'text'
}

/** A text or a list of texts that was offered and is cleared is an empty one; else nothing is sent, and the notebook's own value holds. */
function readEmpty(control: Control, { second }: Typed, place: string): Read {
  const { kind, initial, required, seconds, field } = control
  if (seconds === 'free' && second !== initial.second && second.trim() !== '') {
    return { problem: own('magnitude', { place }) }
  }
  const isCleared = initial.value !== '' && ['line', 'text'].includes(kind) && wrappingOf(field) === undefined
  if (isCleared && !required) return { value: { kind: 'text', value: '' } }
  if (kind === 'lines' && initial.value !== '' && !required) return { value: { kind: 'list', items: [] } }
  if (!required) return { value: undefined }
  return { problem: { reason: 'missing', values: { name: shorten(field.name), place } } }
}

function readDigits(control: Control, text: string, place: string, decimal: DecimalSign): Read {
  const read = readNumber(text, decimal)
  if ('number' in read) return { value: { kind: 'number', text: read.number } }
  if (read.problem === 'digits' && asksForWhole(control)) {
    const said = control.field.messages.integer
    const values = { name: shorten(control.field.name), place, ...(said !== undefined && { said }) }
    return { problem: { reason: 'integer', values } }
  }
  return { problem: own(read.problem, { place, ...exampleNumbers(decimal, asksForWhole(control)) }) }
}

function readText(control: Control, typed: Typed, text: string, place: string): Read {
  const { kind, choices } = control
  if (kind === 'choice') {
    const value = /^[0-9]{1,6}$/.test(text) ? choices[Number(text)]?.value : undefined
    return value === undefined ? { problem: own('changed') } : { value }
  }
  if (kind === 'lines') return { value: { kind: 'list', items: textsOn(text) } }
  if (kind === 'json' || (kind === 'any' && !isText(control, typed))) return readJsonText(text, place)
  return { value: { kind: 'text', value: text } }
}

/** Empty lines are no texts. */
function textsOn(lines: string): Value[] {
  return lines.split('\n').flatMap((value): Value[] => (value.trim() === '' ? [] : [{ kind: 'text', value }]))
}

function wrap(control: Control, value: Value, second: string, place: string): Read {
  const wrapping = wrappingOf(control.field)
  if (wrapping === undefined || control.field.choices !== undefined) return { value }
  if (value.kind === 'null') return { value }
  const { seconds } = control
  if (seconds === 'free' && second.trim() === '') return { problem: own('unit', { place }) }
  if (Array.isArray(seconds) && !seconds.includes(second)) return { problem: own('changed') }
  return { value: wrapping.wrap(value, seconds === 'free' ? second.trim() : second) }
}

/** As parameters are read, with the place of a fault in the text itself. */
function readJsonText(text: string, place: string): Read {
  const before = '{"":'
  // No form asks for a secret.
  try {
    const [first, ...others] = readParameters(`${before}${text}\n}`, { open: true })
    // A comma and another member fit in here as well.
    if (first === undefined || others.length > 0) return { problem: own('not-json', { place }) }
    return { value: first[1] }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const at = placeIn(text, error.values, before.length)
    if (error.reason !== 'not-json') {
      return { problem: new Fault(20, error.reason as 'duplicate-name', { ...error.values, ...at }) }
    }
    return { problem: own('not-json', { place, ...at }) }
  }
}

/** Line and column in the text alone, from those in the text with something before its first and after its last line. */
function placeIn(text: string, { line = 1, column = 1 }: FaultValues, before: number): FaultValues {
  const all = text.split('\n')
  if (Number(line) > all.length) return { line: all.length, column: all.at(-1)!.length + 1 }
  return { line, column: line === 1 ? Math.max(1, Number(column) - before) : column }
}

/** @throws Fault 20 of their text, `duplicate-name` for a name that has a control with a value */
function furtherValues(text: string, entries: Parameters): Parameters {
  const further = readParameters(text)
  const names = new Set(entries.map(([name]) => name))
  const twice = further.find(([name]) => names.has(name))
  if (twice !== undefined) throw new Fault(20, 'duplicate-name', { name: shorten(twice[0]) })
  return further
}
