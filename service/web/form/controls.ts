import type { CompiledTemplate } from '../../notebook/compile.ts'
import { type Choice, type Field, fieldOfName, fieldsOf } from '../../notebook/fields.ts'
import { namesInPath } from '../../notebook/file-name.ts'
import type { Value } from '../../notebook/parameters.ts'
import { valueKey } from '../../notebook/schema/equality.ts'
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

/** What a template's form asks: its fields, then what only the name of its file needs. */
export function controlsOf(path: string, template: CompiledTemplate): readonly Control[] {
  const names = new Set(namesInPath(path).map((name) => name.normalize('NFC')))
  const fields = fieldsOf(template)
  const known = new Set(fields.map(({ name }) => name.normalize('NFC')))
  const others = [...names].filter((name) => !known.has(name)).map(fieldOfName)
  return [...fields, ...others].map((field) => controlOf(field, names.has(field.name.normalize('NFC'))))
}

function controlOf(field: Field, inFileName: boolean): Control {
  const wrapping = wrappingOf(field)
  const offered = offeredBy(field)
  const kind =
    wrapping && field.choices === undefined ? kindInside(wrapping.inside) : kindOf(field, offered[0])
  const required = field.required || inFileName
  // Of a cell all that is known is an example: its null is what holds when nothing is sent.
  const nullable = field.nullable && field.pointer !== undefined
  const seconds = kind === 'any' ? undefined : wrapping?.seconds(field)
  const choices = kind !== 'choice' ? [] : (field.choices ?? yesNo)
  const hasNull = choices.some(({ value }) => value.kind === 'null')
  const control = {
    field,
    key: encodeURIComponent(field.name),
    kind,
    required,
    inFileName,
    hasNullBox: nullable && !['choice', 'json'].includes(kind),
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
  const seconds = wrapping.seconds(field)
  const first = Array.isArray(seconds) ? (seconds[0] as string) : ''
  if (field.value?.kind !== 'object') return [field.value, first]
  const [value, second] = wrapping.unwrap(new Map(field.value.entries))
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
  if (type !== 'string') return 'json'
  const text = offered?.kind === 'text' ? offered.value : ''
  if (!survives(text)) return 'json'
  const { format, limits } = field
  if (format === 'date' || format === 'time' || format === 'date-time') return format
  const isLong = text.includes('\n') || text.length > longLine || Number(limits.maxLength ?? 0) >= longLimit
  return isLong ? 'text' : 'line'
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
