import type { Choice, Field } from '../../notebook/index.ts'
import { wrappingOf } from './wrappings.ts'

/** How a control asks: `lines` for a list of texts, one on each line; `json` for other lists, objects and what has several types; `any` for a text or JSON, as one says. */
export type Kind =
  | 'line'
  | 'text'
  | 'lines'
  | 'number'
  | 'choice'
  | 'date'
  | 'time'
  | 'date-time'
  | 'json'
  | 'any'

/** What a number may be typed with in the page's country, beside a dot. */
export type DecimalSign = '.' | ','

/** What stands in the inputs of a control. */
export interface Typed {
  /** Of a choice its index; '': none. */
  readonly value: string
  /** Of a quantity its unit, of an object of SampleDB its kind, of `any` how it is meant (`meanings`). */
  readonly second: string
  /** The box beside it says that there is no value. */
  readonly isNull: boolean
}

/** What the form asks one parameter with. */
export interface Control {
  readonly field: Field
  /** Of its inputs, after `value.`, `second.` and `null.`: the parameter's name, percent-encoded. */
  readonly key: string
  readonly kind: Kind
  /** By the schema, or because the name of the file needs it. */
  readonly required: boolean
  readonly inFileName: boolean
  /** There is a box that says null. */
  readonly hasNullBox: boolean
  readonly choices: readonly Choice[]
  /** What the second input may say; `free`: any text; `undefined`: there is none. */
  readonly seconds: readonly string[] | 'free' | undefined
  readonly initial: Typed
}

/** Whether a number must be a whole one. */
export function asksForWhole({ field }: Control): boolean {
  const wrapping = wrappingOf(field)
  return wrapping === undefined ? field.types[0] === 'integer' : wrapping.inside === 'integer'
}

/** How the text of a control of kind `any` is meant. */
export const meanings = ['text', 'json'] as const

/** Characters that do not come back from a form as they went out: such texts are shown as JSON. */
const altered = /[\0\r]/

/** Whether a text comes back from an input as it was put into it. */
export function survives(text: string): boolean {
  return !altered.test(text)
}
