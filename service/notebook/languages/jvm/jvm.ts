import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { isInteger } from '../shared/digits.ts'
import { depthOf, flatten, writeLiteral } from '../shared/literals.ts'
import type { Brackets, Notation } from '../shared/notation.ts'
import { longText, noteRange, readList, type TextWriter } from './jvm-texts.ts'
import { type JvmType, jvmTypeOf } from './jvm-types.ts'

/** How a language of the Java virtual machine writes values. */
export interface JvmWriter extends TextWriter {
  /** How many values and names of one variable the compiler takes in passable time, and in one method. */
  readonly mostParts: number
  /** How many lists and objects within each other it takes. */
  readonly mostLevels: number
  integer(digits: string, shape: JvmType): string
  readonly notANumber: string
  readonly infinity: string
  readonly negativeInfinity: string
  /** Null as the only item of a list of such values. */
  onlyNull(element: JvmType): string
  /** Around the items of a list of such values. */
  list(element: JvmType): Brackets
  /** Around the members of any object. */
  readonly members: Brackets
  /** What stands before the value of a member whose name is this literal. */
  member(name: string): string
}

export interface JvmLiteral {
  readonly literal: string
  readonly shape: JvmType
  /** How many values and names a compiler finds in it. */
  readonly parts: number
  /** Whether an object is among them. */
  readonly objects: boolean
  readonly notes: readonly string[]
}

/**
 * A value as an expression that the compilers can take, however large it is: long lists are read from a text where
 * they can be; what is still too large is JSON text.
 *
 * @param column how many columns stand before it on its line
 * @param type what the `parameters` cell says of its variable
 */
export function writeJvmLiteral(
  value: Value,
  writer: JvmWriter,
  column: number,
  type: string | undefined,
): JvmLiteral {
  const tooDeep = depthOf(value) > writer.mostLevels
  const own = tooDeep ? flatten(value, writer.mostLevels, writeValue) : value
  const shape = jvmTypeOf(own, type)
  const writing: Writing = { writer, notes: new Set(), brackets: new Map(), parts: 0, objects: false }
  if (tooDeep) writing.notes.add(`below ${writer.mostLevels} levels: JSON text`)
  const finished = finish(own, shape, writing, false)
  if (writing.parts > writer.mostParts) {
    const notes = ['JSON text: too many values for the compiler']
    return {
      literal: longText(writeValue(value), writer, ''),
      shape: 'text',
      parts: 1,
      objects: false,
      notes,
    }
  }
  const members = { ...writer.members, lead: (name: string) => writer.member(longText(name, writer, '')) }
  const notation: Notation = {
    scalar: (literal) => (literal as { value: string }).value,
    list: (items) => writing.brackets.get(items)!,
    object: () => members,
  }
  const literal = writeLiteral(finished, notation, column)
  const { parts, objects, notes } = writing
  return { literal, shape, parts, objects, notes: [...notes] }
}

interface Writing {
  readonly writer: JvmWriter
  readonly notes: Set<string>
  readonly brackets: Map<readonly Value[], Brackets>
  parts: number
  objects: boolean
}

/**
 * The same lists and objects, with finished literals as their texts.
 *
 * @param shape what the value is to be: an integer among floats is to be a float
 * @param only whether it is the only item of a list
 */
function finish(value: Value, shape: JvmType, writing: Writing, only: boolean): Value {
  const { writer } = writing
  writing.parts++
  // It will be JSON text.
  if (writing.parts > writer.mostParts) return value
  switch (value.kind) {
    case 'null':
      return literal(only ? writer.onlyNull(shape) : 'null')
    case 'boolean':
      return literal(String(value.value))
    case 'text':
      return literal(longText(value.value, writer, ''))
    case 'number':
      return literal(number(value.text, shape.replace('?', ''), writing))
    case 'list':
      return finishList(value.items, shape.slice(1), writing)
    case 'object': {
      writing.objects = true
      writing.parts += value.entries.length
      const members = value.entries.map(
        ([name, member]) => [name, finish(member, jvmTypeOf(member), writing, false)] as const,
      )
      return { kind: 'object', entries: members }
    }
  }
}

function finishList(items: readonly Value[], element: JvmType, writing: Writing): Value {
  const read = readList(items, element, writing.writer, writing.notes)
  if (read !== undefined) return literal(read)
  const mixed = /^(any|number)/.test(element)
  const finished = items.map((item) =>
    finish(item, mixed && item.kind !== 'null' ? jvmTypeOf(item) : element, writing, items.length === 1),
  )
  writing.brackets.set(finished, writing.writer.list(element))
  return { kind: 'list', items: finished }
}

function literal(value: string): Value {
  return { kind: 'text', value }
}

function number(digits: string, shape: JvmType, { writer, notes }: Writing): string {
  if (shape !== 'double') return writer.integer(digits === '-0' ? '0' : digits, shape)
  if (isInteger(digits)) return digits === '-0' ? '0.0' : `${digits}.0`
  const value = Number(digits)
  if (Number.isNaN(value)) return writer.notANumber
  noteRange(digits, value, notes)
  if (!Number.isFinite(value)) return value < 0 ? writer.negativeInfinity : writer.infinity
  // Java and Kotlin refuse digits that come out as zero.
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  return digits
}
