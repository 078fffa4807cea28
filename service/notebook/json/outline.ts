import { isDigit, listOpen, objectOpen, quote } from './characters.ts'
import type { Scan } from './scan.ts'
import type { ReadText } from './texts.ts'

/** A value as far as a check of its shape looks at it, and the offset after it. */
export interface Outline {
  readonly value: unknown
  readonly to: number
}

const mostBytes = 400
/** Instead of a text of more than 400 bytes; longer than any that nbformat asks for. */
export const longTextStandIn = '…'.repeat(mostBytes)
/** Instead of a number that is not written as an integer: Python, unlike JavaScript, tells `1.0` from `1`. */
const otherNumber = 0.5

/**
 * Reads values in memory that does not grow with texts and data. Whatever lies deeper than `levels` comes back empty,
 * and so does an object on the last level; of the scalars in a list, and of all items on the last level, only the
 * first of each kind is there.
 */
export function createOutlines(
  bytes: Buffer,
  scan: Scan,
  readText: ReadText,
): (at: number, depth: number, levels: number) => Outline {
  let to = 0

  /** Leaves the offset behind the value in `to`. */
  function read(at: number, depth: number, levels: number): unknown {
    const first = bytes[at]
    if (first === objectOpen) return readObject(at, depth, levels)
    if (first === listOpen) return readList(at, depth, levels)
    to = scan.pass(at, depth)
    switch (first) {
      case quote:
        return to - at > mostBytes ? longTextStandIn : readText(at, to)
      case 0x6e:
        return null
      case 0x74:
        return true
      case 0x66:
        return false
      default: {
        const written = bytes.toString('latin1', at, to)
        if (!/^-?[0-9]+$/.test(written)) return otherNumber
        return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(written)))
      }
    }
  }

  function readObject(at: number, depth: number, levels: number): object {
    const object: Record<string, unknown> = {}
    if (levels <= 1) to = scan.pass(at, depth)
    else {
      to = scan.object(at, depth, (valueAt, valueDepth, nameFrom, nameTo) => {
        setMember(object, readText(nameFrom, nameTo), read(valueAt, valueDepth, levels - 1))
        return to
      })
    }
    return object
  }

  function readList(at: number, depth: number, levels: number): unknown[] {
    const items: unknown[] = []
    const kinds = new Set<string>()
    if (levels <= 0) to = scan.pass(at, depth)
    else {
      to = scan.list(at, depth, (itemAt, itemDepth) => {
        const kind = kindOf(bytes[itemAt]!)
        const isKnown = kinds.has(kind) && (levels === 1 || (kind !== '{' && kind !== '['))
        if (isKnown) return scan.pass(itemAt, itemDepth)
        kinds.add(kind)
        items.push(read(itemAt, itemDepth, levels - 1))
        return to
      })
    }
    return items
  }

  return (at, depth, levels) => ({ value: read(at, depth, levels), to })
}

/** The first character of a value, the same one for all numbers. */
function kindOf(first: number): string {
  return isDigit(first) ? '-' : String.fromCharCode(first)
}

/** As JSON means it: `__proto__` is a name like any other. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
