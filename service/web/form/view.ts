import { Fault } from '../../fault.ts'
import { type Choice, type Field, formats, shorten, writeValue } from '../../notebook/index.ts'
import type { ControlView, FormView, OptionView } from '../pages/template/view.ts'
import type { Texts } from '../texts/index.ts'
import { legible, legibleName } from '../values/display-json.ts'
import { type Control, type DecimalSign, type Kind, meanings } from './control.ts'
import { readBack } from './numbers.ts'
import { moreKey, type Problem, type Problems, sayProblem } from './problems.ts'
import type { FilledForm } from './read-form.ts'
import { rulesOf, rulesOfMore } from './rules.ts'

/** The form, fresh or with what was typed into it and what is wrong with that. */
export function viewOfForm(options: {
  readonly action: string
  readonly controls: readonly Control[]
  readonly takesMore: boolean
  readonly filled?: Pick<FilledForm, 'typed' | 'more'> | undefined
  readonly problems?: Problems | undefined
  readonly texts: Texts
  /** How numbers may be typed. */
  readonly decimal: DecimalSign
}): FormView {
  const { action, controls, filled, problems = new Map(), texts, decimal } = options
  const errors = new Map(
    [...problems].map(([key, problem]) => {
      const control = controls.find((control) => control.key === key)
      return [key, sayProblem(control ? titled(problem, control) : problem, texts)]
    }),
  )
  const idOf = (key: string) => {
    if (key === moreKey) return 'more'
    const index = controls.findIndex((control) => control.key === key)
    return index < 0 ? undefined : `field-${index + 1}`
  }
  // In the order of the page.
  const keys = ['', ...controls.map(({ key }) => key), moreKey].filter((key) => errors.has(key))
  const hasMore = options.takesMore || (filled?.more ?? '') !== ''
  return {
    action,
    decimal,
    controls: controls.map((control) =>
      viewOfControl(control, idOf(control.key)!, filled, errors.get(control.key), { texts, decimal }),
    ),
    more: hasMore
      ? { value: filled?.more ?? '', error: errors.get(moreKey), rules: JSON.stringify(rulesOfMore(texts)) }
      : undefined,
    errors: keys.map((key) => ({ message: errors.get(key)!, id: idOf(key) })),
  }
}

/** What the schema finds is about a name; the form knows it by its title. */
function titled(problem: Problem, { field }: Control): Problem {
  if (problem instanceof Fault || 'own' in problem) return problem
  const { place, title: _, ...values } = problem.values
  const name = shorten(field.name)
  if (!String(place).startsWith(name)) return problem
  return { ...problem, values: { ...values, place: shorten(field.title) + String(place).slice(name.length) } }
}

function viewOfControl(
  control: Control,
  id: string,
  filled: Pick<FilledForm, 'typed'> | undefined,
  error: string | undefined,
  { texts, decimal }: { readonly texts: Texts; readonly decimal: DecimalSign },
): ControlView {
  const { field, key, kind, required, inFileName, seconds, choices } = control
  const typed = filled?.typed.get(key) ?? control.initial
  const title = legibleName(field.title)
  const options = kind === 'any' ? meanings : seconds === 'free' ? undefined : seconds
  return {
    id,
    key,
    title,
    name: field.title === field.name ? undefined : legibleName(field.name),
    help: field.help === undefined ? undefined : legible(field.help),
    type: field.type && legibleName(field.type),
    kind,
    required,
    value: typed.value,
    read:
      kind === 'number' && typed.value !== control.initial.value ? readBack(typed.value, decimal) : undefined,
    inputType: inputTypeOf(kind, typed.value),
    isUnsigned: /^[0-9]/.test(field.limits.minimum ?? field.limits.exclusiveMinimum ?? ''),
    options: choices.map(optionOf),
    hasBlank: !required || control.initial.value === '',
    unit: field.unit && legibleName(field.unit),
    second: options === undefined && seconds === undefined ? undefined : { value: typed.second, options },
    jsonHint: jsonHintOf(field),
    isObject: field.sampledb === 'object',
    isUtc: field.sampledb === 'datetime' && kind === 'date-time',
    nullBox: control.hasNullBox ? { checked: typed.isNull } : undefined,
    otherwise: otherwiseOf(control),
    inFileName,
    error,
    rules: JSON.stringify(rulesOf(control, texts, decimal)),
  }
}

/** Of what may be either, that it is JSON; a text with characters that no input keeps is that, too. */
function jsonHintOf({ types: [type, ...others] }: Field): ControlView['jsonHint'] {
  if (others.length > 0) return 'json'
  return type === 'array' ? 'list' : type === 'object' ? 'object' : 'json'
}

/** Browsers empty such an input when its value is not of the right form. */
function inputTypeOf(kind: Kind, value: string): ControlView['inputType'] {
  if (kind !== 'date' && kind !== 'time' && kind !== 'date-time') return 'text'
  const isHeld =
    value === '' || (formats[kind]!(value) && /^(?:\S{10}|(?:\S{10}T)?\d\d:\d\d(?::\d\d)?)$/.test(value))
  if (!isHeld) return 'text'
  return kind === 'date-time' ? 'datetime-local' : kind
}

function optionOf({ value, title }: Choice): OptionView {
  if (title !== undefined) return { kind: 'text', label: legibleName(title) }
  if (value.kind === 'text')
    return value.value === ''
      ? { kind: 'empty', label: '' }
      : { kind: 'text', label: legibleName(shorten(value.value)) }
  if (value.kind === 'null') return { kind: 'null', label: '' }
  if (value.kind === 'boolean') return { kind: value.value ? 'true' : 'false', label: '' }
  return { kind: 'text', label: legibleName(shorten(writeValue(value))) }
}

/** Of a text, or a list of texts, that was offered nothing else holds: cleared, it is sent as an empty one. That nothing holds goes without saying. */
function otherwiseOf({ field, required, kind, initial }: Control): string | undefined {
  if (required || field.default === undefined || field.value?.kind === 'null') return undefined
  if (['line', 'text', 'lines'].includes(kind) && initial.value !== '') return undefined
  // Of a cell alone the control begins with what the cell says.
  const isQuantity = field.sampledb === 'quantity' && field.pointer === undefined
  if (isQuantity) return legibleName(shorten(`${initial.value} ${initial.second}`))
  return legibleName(shorten(onOneLine(field.default, field.value)))
}

/** A value that its author wrote on several lines, as a value. */
function onOneLine(source: string, value: Field['value']): string {
  if (!/[\r\n]/.test(source)) return source
  if (value !== undefined) return writeValue(value)
  const lines = source.split(/[\r\n]+/).map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}
