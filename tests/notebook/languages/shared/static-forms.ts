import type { Value } from '../../../../service/notebook/parameters/value.ts'

/** The 64 bits of the double that digits stand for, as the programs print them. */
export function doubleBits(digits: string): string {
  const value = Number(digits.replace('Infinity', '1e999'))
  if (Number.isNaN(value)) return 'nan'
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

/** A text in hexadecimal. */
export function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}

/** Whether an integer fits in so many bits. */
export function fits(digits: string, bits: number): boolean {
  return BigInt.asIntN(bits, BigInt(digits)) === BigInt(digits)
}

/** A list as a statically typed language sees it: the level that all its scalars lie on, and these. */
export interface Leaves {
  readonly levels: number
  readonly scalars: readonly Exclude<Value, { kind: 'list' }>[]
}

/** `undefined` when the levels differ or are more than three. */
export function leavesOf(value: Value): Leaves | undefined {
  const scalars: Exclude<Value, { kind: 'list' }>[] = []
  const levels = new Set<number>()
  let empty = 0
  const walk = (part: Value, level: number) => {
    if (part.kind !== 'list') {
      levels.add(level)
      scalars.push(part)
    } else if (part.items.length === 0) empty = Math.max(empty, level + 1)
    else for (const item of part.items) walk(item, level + 1)
  }
  walk(value, 0)
  const deepest = Math.max(empty, ...levels)
  if (levels.size > 1 || deepest > 3 || (levels.size === 1 && empty > [...levels][0]!)) return undefined
  return { levels: levels.size === 1 ? [...levels][0]! : empty, scalars }
}

const isInteger = (digits: string) => /^-?\d+$/.test(digits)

/** The digits of numbers, `undefined` when there is something else among them. */
export function digitsOf(scalars: Leaves['scalars']): string[] | undefined {
  const all = scalars.map((scalar) => (scalar.kind === 'number' ? scalar.text : undefined))
  return all.includes(undefined) ? undefined : (all as string[])
}

/** Whether all are integers of so many bits. */
export function areIntegers(digits: readonly string[], bits: number): boolean {
  return digits.every((each) => isInteger(each) && fits(each, bits))
}

/** Whether a list of doubles holds them all as they are. */
export function areDoubles(digits: readonly string[]): boolean {
  return digits.every(
    (each) =>
      !isInteger(each) || (Math.abs(Number(each)) <= 2 ** 53 && BigInt(Number(each)) === BigInt(each)),
  )
}
