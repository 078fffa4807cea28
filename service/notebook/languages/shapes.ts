import type { Value } from '../parameters.ts'
import { isInteger } from './literals.ts'

/**
 * The type of a value for a language that names types, written as the Java virtual machine writes arrays: `int`,
 * `exact` (a long that is a double as well), `long`, `big`, `double`, `number` (integers and floats that no one type
 * holds), `boolean`, `text`, `map`, `any`; `none` for what an empty list holds; `[` before what a list holds; `?`
 * behind what may also be null.
 */
export type Shape = string

const integers: readonly Shape[] = ['int', 'exact', 'long', 'big']

// Deeper lists hold anything: nobody reads a type with a hundred brackets.
const mostBrackets = 3

/** The type of a value. */
export function shapeOf(value: Value, levels = mostBrackets): Shape {
  switch (value.kind) {
    case 'null':
      return 'none?'
    case 'number':
      return numberShape(value.text)
    case 'object':
      return 'map'
    case 'list':
      return levels === 0 ? 'any' : `[${elementOf(value.items, levels - 1)}`
    default:
      return value.kind
  }
}

function elementOf(items: readonly Value[], levels: number): Shape {
  let element: Shape = 'none'
  for (const item of items) {
    element = join(element, shapeOf(item, levels))
    if (element === 'any') break
  }
  return element
}

function numberShape(digits: string): Shape {
  if (!isInteger(digits)) return 'double'
  if (digits.length < 10) return 'int'
  if (digits.length > 20) return 'big'
  const value = BigInt(digits)
  if (BigInt.asIntN(32, value) === value) return 'int'
  if (BigInt.asIntN(54, value) === value) return 'exact'
  return BigInt.asIntN(64, value) === value ? 'long' : 'big'
}

/** The type that holds the values of both. */
function join(one: Shape, other: Shape): Shape {
  if (one === other || other === 'none') return one
  if (one === 'none') return other
  if (one.startsWith('[') && other.startsWith('[')) return `[${join(one.slice(1), other.slice(1))}`
  const nullable = one.endsWith('?') || other.endsWith('?')
  const both = joinScalars(one.replace('?', ''), other.replace('?', ''))
  return nullable && both !== 'any' ? `${both}?` : both
}

function joinScalars(one: Shape, other: Shape): Shape {
  if (one === other) return one
  const isCompound = (shape: Shape) => shape === 'map' || shape.startsWith('[')
  if (isCompound(one) || isCompound(other)) return 'any'
  if (one === 'none') return other
  if (other === 'none') return one
  return isNumber(one) && isNumber(other) ? joinNumbers(one, other) : 'any'
}

/** Integers among doubles become doubles, unless one of them would lose digits. */
function joinNumbers(one: Shape, other: Shape): Shape {
  if (one === 'number' || other === 'number') return 'number'
  if (one !== 'double' && other !== 'double')
    return integers[Math.max(integers.indexOf(one), integers.indexOf(other))]!
  const integer = one === 'double' ? other : one
  return integer === 'int' || integer === 'exact' ? 'double' : 'number'
}

function isNumber(shape: Shape): boolean {
  return shape === 'double' || shape === 'number' || integers.includes(shape)
}

const scalars: Readonly<Record<string, Shape>> = {
  int: 'int',
  Int: 'int',
  Integer: 'int',
  long: 'long',
  Long: 'long',
  BigInteger: 'big',
  BigInt: 'big',
  double: 'double',
  Double: 'double',
  boolean: 'boolean',
  Boolean: 'boolean',
  String: 'text',
}

/**
 * The type that a value gets where the `parameters` cell says what the variable is: that one if it holds the value, such
 * as `double` an integer, else the value's own.
 *
 * @param type as the cell has it: `double`, `List[Int]`, `java.util.List<String>`, `Double?`
 */
export function declaredShape(own: Shape, type: string | undefined): Shape {
  const wanted = type === undefined ? undefined : readType(type.replace(/\s/g, ''))
  if (wanted === undefined) return own
  const both = join(own, wanted)
  return both === wanted || both === `${wanted}?` ? both : own
}

function readType(type: string): Shape | undefined {
  const name = type.replace(/\?$/, '').replace(/^(java\.(util|lang|math)|kotlin(\.collections)?|scala)\./, '')
  const item = /^(?:Mutable)?List[<[](.+)[>\]]$/.exec(name)?.[1]
  if (item === undefined) return scalars[name]
  if (/^(Any|Object)\??$/.test(item)) return '[any'
  const shape = readType(item)
  return shape && `[${shape}`
}
