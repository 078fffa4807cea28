import type { Value } from '../../parameters/value.ts'
import { holds, type NumberType, numberBit, numberType } from '../shared/shapes.ts'

/**
 * The type of a value in a language in which the items of a list have one type. There is one object for each type,
 * so that types are compared by `===`.
 */
export interface DotnetType {
  /** `nothing` is the item of an empty list, which fits every type. */
  readonly kind: NumberType | 'boolean' | 'text' | 'object' | 'any' | 'nothing' | 'list'
  /** Of the items of a list. */
  readonly item?: DotnetType
}

const simple = new Map<DotnetType['kind'], DotnetType>()
const lists = new WeakMap<DotnetType, DotnetType>()

function typeNamed(kind: DotnetType['kind']): DotnetType {
  let type = simple.get(kind)
  if (type === undefined) {
    type = { kind }
    simple.set(kind, type)
  }
  return type
}

const any = typeNamed('any')
const nothing = typeNamed('nothing')

function listOf(item: DotnetType): DotnetType {
  let type = lists.get(item)
  if (type === undefined) {
    type = { kind: 'list', item }
    lists.set(item, type)
  }
  return type
}

/** The narrowest type of a value; null has none of its own, and so is `any`. */
export function dotnetTypeOf(value: Value): DotnetType {
  if (value.kind === 'number') return typeNamed(numberType(numberBit(value.text))!)
  if (value.kind === 'null') return any
  return value.kind === 'list' ? listOf(itemType(value.items)) : typeNamed(value.kind)
}

/** The narrowest type that all items have: numbers are widened, also in the rows of a table; else `any`. */
export function itemType(items: readonly Value[]): DotnetType {
  const first = items[0]
  if (first === undefined) return nothing
  // The kinds alone first: lists of many are not looked through for nothing.
  for (const { kind } of items) if (kind !== first.kind) return any
  let type = nothing
  for (const item of items) {
    type = common(type, dotnetTypeOf(item))
    if (type === any) break
  }
  return type
}

function common(one: DotnetType, other: DotnetType): DotnetType {
  if (one === other || other === nothing) return one
  if (one === nothing) return other
  if (one.item !== undefined && other.item !== undefined) {
    const item = common(one.item, other.item)
    return item === any && one.item !== any && other.item !== any ? any : listOf(item)
  }
  const wider =
    isNumber(one.kind) && isNumber(other.kind) ? numberType(bits[one.kind] | bits[other.kind]) : undefined
  return wider === undefined ? any : typeNamed(wider)
}

const bits: Readonly<Record<NumberType, number>> = {
  int: holds.int,
  exact: holds.exact,
  long: holds.long,
  big: holds.wide,
  double: holds.float,
}

function isNumber(kind: DotnetType['kind']): kind is NumberType {
  return Object.hasOwn(bits, kind)
}
