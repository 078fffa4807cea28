import type { Value } from '../parameters.ts'
import { type NumberType, numberType, widerType } from './number-types.ts'

/**
 * The type of a value in a language in which the items of a list have one type. There is one object for each type,
 * so that types are compared by `===`.
 */
export interface ValueType {
  /** `nothing` is the item of an empty list, which fits every type. */
  readonly kind: NumberType | 'boolean' | 'text' | 'object' | 'any' | 'nothing' | 'list'
  /** Of the items of a list. */
  readonly item?: ValueType
}

const simple = new Map<ValueType['kind'], ValueType>()
const lists = new WeakMap<ValueType, ValueType>()

function typeNamed(kind: ValueType['kind']): ValueType {
  let type = simple.get(kind)
  if (type === undefined) {
    type = { kind }
    simple.set(kind, type)
  }
  return type
}

const any = typeNamed('any')
const nothing = typeNamed('nothing')

function listOf(item: ValueType): ValueType {
  let type = lists.get(item)
  if (type === undefined) {
    type = { kind: 'list', item }
    lists.set(item, type)
  }
  return type
}

/** The narrowest type of a value; null has none of its own, and so is `any`. */
export function typeOf(value: Value): ValueType {
  if (value.kind === 'number') return typeNamed(numberType(value.text))
  if (value.kind === 'null') return any
  return value.kind === 'list' ? listOf(itemType(value.items)) : typeNamed(value.kind)
}

/** The narrowest type that all items have: numbers are widened, also in the rows of a table; else `any`. */
export function itemType(items: readonly Value[]): ValueType {
  const first = items[0]
  if (first === undefined) return nothing
  // The kinds alone first: lists of many are not looked through for nothing.
  for (const { kind } of items) if (kind !== first.kind) return any
  let type = nothing
  for (const item of items) {
    type = common(type, typeOf(item))
    if (type === any) break
  }
  return type
}

function common(one: ValueType, other: ValueType): ValueType {
  if (one === other || other === nothing) return one
  if (one === nothing) return other
  if (one.item !== undefined && other.item !== undefined) {
    const item = common(one.item, other.item)
    return item === any && one.item !== any && other.item !== any ? any : listOf(item)
  }
  const wider = isNumber(one.kind) && isNumber(other.kind) ? widerType(one.kind, other.kind) : undefined
  return wider === undefined ? any : typeNamed(wider)
}

function isNumber(kind: ValueType['kind']): kind is NumberType {
  return kind === 'int' || kind === 'long53' || kind === 'long' || kind === 'big' || kind === 'double'
}
