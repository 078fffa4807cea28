import {
  type Choice,
  type CompiledTemplate,
  type Field,
  fieldsOf,
  namesInPath,
  type SecretNames,
  secretNames,
  secretsOf,
  type Value,
  valueKey,
} from '../../notebook/index.ts'
import { type Control, type Kind, survives, type Typed } from './control.ts'
import { editJson } from './edit-json.ts'
import { wrappingOf } from './wrappings.ts'

/** A longer text gets more than one line. */
const longLine = 80
/** A text that may be so long, too. */
const longLimit = 500

const yesNo: readonly Choice[] = [true, false].map((value) => ({
  value: { kind: 'boolean', value },
  title: undefined,
}))

/**
 * What a template's form asks: its fields, then what only the name of its file needs; never a secret.
 *
 * @param languages the reader's, best first
 */
export function controlsOf(
  path: string,
  template: CompiledTemplate,
  secrets: SecretNames = secretNames(),
  languages: readonly string[] = [],
): readonly Control[] {
  const isSecret = secretsOf(template, secrets)
  const names = new Set(namesInPath(path).map((name) => name.normalize('NFC')))
  const standIns = new Map(template.settings.if_unset)
  return fieldsOf(template, [...names], languages)
    .filter(({ name }) => !isSecret(name))
    .map((field) => {
      const name = field.name.normalize('NFC')
      return controlOf(field, names.has(name), standIns.has(name))
    })
}

/** @param hasStandIn whether the file name has something else where this is empty */
function controlOf(field: Field, inFileName: boolean, hasStandIn: boolean): Control {
  const wrapping = wrappingOf(field)
  const offered = offeredBy(field)
  const kind =
    wrapping && field.choices === undefined ? kindInside(wrapping.inside) : kindOf(field, offered[0])
  const required = field.required || (inFileName && !hasStandIn)
  // Of a cell all that is known is an example: its null is what holds when nothing is sent.
  const nullable = field.nullable && field.pointer !== undefined
  const seconds = kind === 'any' ? undefined : wrapping?.seconds
  const choices = kind !== 'choice' ? [] : (field.choices ?? yesNo)
  const hasNull = choices.some(({ value }) => value.kind === 'null')
  const control = {
    field,
    key: encodeURIComponent(field.name),
    kind,
    required,
    inFileName,
    hasNullBox: nullable && !['choice', 'json', 'lines'].includes(kind),
    choices: nullable && choices.length > 0 && !hasNull ? [...choices, noValue] : choices,
    seconds,
  }
  return { ...control, initial: initialOf(control, offered) }
}

const noValue: Choice = { value: { kind: 'null' }, title: undefined }

/** The value that the field offers at first, out of its wrapping, and the second one. */
function offeredBy(field: Field): readonly [Value | undefined, string] {
  const wrapping = wrappingOf(field)
  if (wrapping === undefined) return [field.value, '']
  const { seconds } = wrapping
  const first = Array.isArray(seconds) ? (seconds[0] as string) : ''
  if (field.value?.kind !== 'object') return [field.value, first]
  const [value, second] = wrapping.unwrap(field.value)
  return [value, second || first]
}

function kindInside(inside: NonNullable<ReturnType<typeof wrappingOf>>['inside']): Kind {
  if (inside === 'boolean') return 'choice'
  if (inside === 'text') return 'line'
  return inside === 'date-time' ? inside : 'number'
}

function kindOf(field: Field, offered: Value | undefined): Kind {
  if (field.choices !== undefined) return 'choice'
  const [type, ...others] = field.types
  if (type === undefined || others.length > 0) {
    return type === undefined || field.types.includes('string') ? 'any' : 'json'
  }
  if (type === 'boolean') return 'choice'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'array' && isLines(field, offered)) return 'lines'
  if (type !== 'string') return 'json'
  const text = offered?.kind === 'text' ? offered.value : ''
  if (!survives(text)) return 'json'
  const { format, limits } = field
  if (format === 'date' || format === 'time' || format === 'date-time') return format
  const isLong = text.includes('\n') || text.length > longLine || Number(limits.maxLength ?? 0) >= longLimit
  return isLong ? 'text' : 'line'
}

/** Of a cell, a list of texts that can stand on a line each; a schema may say more of its items than a line can hold. */
function isLines({ pointer }: Field, offered: Value | undefined): boolean {
  if (pointer !== undefined || offered?.kind !== 'list') return false
  const areLines = offered.items.every((item) => item.kind === 'text' && isLine(item.value))
  return offered.items.length > 0 && areLines
}

function isLine(text: string): boolean {
  return survives(text) && text !== '' && !text.includes('\n')
}

type Unfilled = Omit<Control, 'initial'>

function initialOf(control: Unfilled, [value, second]: readonly [Value | undefined, string]): Typed {
  const { kind, required, hasNullBox } = control
  const isNull = hasNullBox && required && value?.kind === 'null'
  if (kind === 'any') return initialOfAny(value, isNull)
  return { value: textIn(control, value), second, isNull }
}

function initialOfAny(value: Value | undefined, isNull: boolean): Typed {
  if (value === undefined || value.kind === 'null') return { value: '', second: 'text', isNull }
  const isText = value.kind === 'text' && survives(value.value)
  return { value: isText ? value.value : editJson(value), second: isText ? 'text' : 'json', isNull }
}

/** What stands in the first input; '' where the value is none that it could hold. */
function textIn({ kind, choices, required }: Unfilled, value: Value | undefined): string {
  if (kind === 'choice') return indexOf(choices, value, required)
  if (value === undefined || value.kind === 'null') return ''
  if (kind === 'json') return editJson(value)
  if (kind === 'lines')
    return value.kind === 'list'
      ? value.items.map((item) => item.kind === 'text' && item.value).join('\n')
      : ''
  if (kind === 'number') return value.kind === 'number' ? value.text : ''
  if (value.kind !== 'text') return ''
  return kind === 'date-time' ? value.value.replace(/^(\S{10}) /, '$1T') : value.value
}

function indexOf(choices: readonly Choice[], value: Value | undefined, required: boolean): string {
  const wanted = value === undefined ? undefined : valueKey(value)
  const found = choices.findIndex((choice) => valueKey(choice.value) === wanted)
  const isUnset = found < 0 || (choices[found]!.value.kind === 'null' && !required)
  if (isUnset) return required && choices.length === 1 ? '0' : ''
  return String(found)
}
