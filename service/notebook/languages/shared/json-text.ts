import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { writeLiteral } from './literals.ts'
import type { Brackets, MemberBrackets, Notation } from './notation.ts'
import { visibleJson } from './texts.ts'

const jsonList: Brackets = { open: '[', close: ']' }
const jsonObject: MemberBrackets = {
  open: '{',
  close: '}',
  lead: (name) => `${visibleJson(JSON.stringify(name))}: `,
}
const json: Notation = {
  scalar: (value) => visibleJson(writeValue(value)),
  list: () => jsonList,
  object: () => jsonObject,
}

/** A value as JSON text laid out for people, without characters that deceive the eye. */
export function jsonText(value: Value): string {
  return writeLiteral(value, json, 0)
}
