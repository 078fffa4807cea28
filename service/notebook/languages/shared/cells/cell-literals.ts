import type { Entry, Value } from '../../../parameters/value.ts'

/** The values that literals stand for, as JSON has them; `undefined` where it has none. */

const none: Value = { kind: 'null' }

export function nullValue(): Value {
  return none
}

export function booleanValue(value: boolean): Value {
  return { kind: 'boolean', value }
}

/** Half a character is no text. */
export function textValue(value: string | undefined): Value | undefined {
  return value === undefined || /\p{Surrogate}/u.test(value) ? undefined : { kind: 'text', value }
}

export function listValue(items: readonly (Value | undefined)[]): Value | undefined {
  return items.every((item) => item !== undefined) ? { kind: 'list', items } : undefined
}

/** Of two members of one name the last holds, in the place of the first. */
export function objectValue(
  entries: readonly (readonly [Value | undefined, Value | undefined])[],
): Value | undefined {
  const members = new Map<string, Value>()
  for (const [name, value] of entries) {
    if (name?.kind !== 'text' || value === undefined) return undefined
    members.set(name.value, value)
  }
  return { kind: 'object', entries: [...members].map(([name, value]): Entry => [name, value]) }
}

/** With the sign that stands before it: one, not several. */
export function signed(sign: string, value: Value | undefined): Value | undefined {
  if (value?.kind !== 'number' || !/^[-+]$/.test(sign)) return undefined
  if (sign === '+' || value.text === 'NaN') return value
  return { kind: 'number', text: value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}` }
}

/** `NaN`, `Infinity` */
export function notFinite(text: 'NaN' | 'Infinity'): Value {
  return { kind: 'number', text }
}

const decimal = /^([0-9]*)(?:(\.)([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/

/**
 * A number's literal as JSON writes it, its digits kept: `.5` → `0.5`, `0x1F` → `31`, `1_000` → `1000`.
 *
 * @param literal without a sign and without what the language hangs after it
 */
export function numberValue(literal: string): Value | undefined {
  const digits = literal.replace(/[_']/g, '')
  if (/^0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)$/.test(digits))
    return { kind: 'number', text: BigInt(digits).toString() }
  const [, whole = '', point, part = '', power] = decimal.exec(digits) ?? []
  if (whole === '' && part === '') return undefined
  const exponent = power === undefined ? '' : `e${power}`
  const fraction = point === undefined ? '' : `.${part || '0'}`
  return { kind: 'number', text: `${whole.replace(/^0+(?=[0-9])/, '') || '0'}${fraction}${exponent}` }
}
