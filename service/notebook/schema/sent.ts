import type { Value } from '../parameters/value.ts'
import { isWhole, readDecimal, shortNumber } from './decimal.ts'

/** A value as plain data for ajv, and the way back from the data to what was sent. */
export interface Sent {
  dataOf(value: Value): unknown
  /** @param data some part of what `dataOf` gave, or the name of a member */
  sentBy(data: unknown): Value
}

/**
 * Numbers become stand-ins: the n-th one is n where it is whole and n + 0.5 where it is not. What is not finite stays so:
 * to JSON Schema it is no number.
 */
export function createSent(): Sent {
  const numbers: Value[] = []
  const containers = new WeakMap<object, Value>()

  function dataOf(value: Value): unknown {
    switch (value.kind) {
      case 'null':
        return null
      case 'number': {
        const short = shortNumber(value.text)
        if (!Number.isNaN(short)) return numbers.push(value) - (Number.isInteger(short) ? 1 : 0.5)
        const decimal = readDecimal(value.text)
        if (decimal === undefined || decimal.power === Number.POSITIVE_INFINITY) return Number(value.text)
        return numbers.push(value) - (isWhole(decimal) ? 1 : 0.5)
      }
      case 'list': {
        const items = value.items.map(dataOf)
        containers.set(items, value)
        return items
      }
      case 'object': {
        // Without a prototype, so that no name means anything.
        const members: Record<string, unknown> = Object.create(null)
        for (const [name, member] of value.entries) members[name] = dataOf(member)
        containers.set(members, value)
        return members
      }
      default:
        return value.value
    }
  }

  function sentBy(data: unknown): Value {
    if (typeof data === 'number') return numbers[Math.floor(data)] ?? { kind: 'number', text: String(data) }
    if (typeof data === 'string') return { kind: 'text', value: data }
    if (typeof data === 'boolean') return { kind: 'boolean', value: data }
    return (data === null ? undefined : containers.get(data as object)) ?? { kind: 'null' }
  }

  return { dataOf, sentBy }
}
