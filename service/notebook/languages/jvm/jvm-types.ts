import type { Value } from '../../parameters/value.ts'
import { holds, longs, numberType, type Shape, shapeOf, within } from '../shared/shapes.ts'

/**
 * The type of a value, written as the Java virtual machine writes arrays: `int`, `exact` (a long that is a double as
 * well), `long`, `big`, `double`, `number` (integers and floats that no one type holds), `boolean`, `text`, `map`, `any`;
 * `none` for what an empty list holds; `[` before what a list holds; `?` after what may also be null.
 */
export type JvmType = string

/**
 * The type of a value: the one that the `parameters` cell says if it holds the value, such as `double` an integer, else
 * the value's own.
 *
 * @param declared as the cell has it: `double`, `List[Int]`, `java.util.List<String>`, `Double?`
 */
export function jvmTypeOf(value: Value, declared?: string): JvmType {
  const { kinds } = shapeOf(value)
  const own = typeOfKinds(kinds)
  const wanted = declared === undefined ? undefined : kindsOf(declared.replace(/\s/g, ''))
  if (wanted === undefined) return own
  const longer = kinds.length > wanted.length ? kinds : wanted
  const both = typeOfKinds(longer.map((_, level) => (kinds[level] ?? 0) | (wanted[level] ?? 0)))
  const type = typeOfKinds(wanted)
  return both === type || both === `${type}?` ? both : own
}

/** From the inside out: lists beside anything else are anything. */
function typeOfKinds(kinds: Shape['kinds']): JvmType {
  let type = scalarType(kinds.at(-1)!)
  for (let level = kinds.length - 2; level >= 0; level--) type = kinds[level] === 0 ? `[${type}` : 'any'
  return type
}

const numbers = longs | holds.wide | holds.large | holds.float

/** The type of all scalars and objects of these kinds. */
function scalarType(bits: number): JvmType {
  if (bits === 0) return 'none'
  // An object that may be null can be anything.
  if (bits === holds.object) return 'map'
  const known = bits & ~holds.null
  const nullable = known === bits ? '' : '?'
  if (known === 0) return `none${nullable}`
  if (known === holds.boolean) return `boolean${nullable}`
  if (known === holds.text) return `text${nullable}`
  return within(known, numbers) ? (numberType(known) ?? 'number') + nullable : 'any'
}

const scalars: Readonly<Record<string, number>> = {
  int: holds.int,
  Int: holds.int,
  Integer: holds.int,
  long: holds.long,
  Long: holds.long,
  BigInteger: holds.wide,
  BigInt: holds.wide,
  double: holds.float,
  Double: holds.float,
  boolean: holds.boolean,
  Boolean: holds.boolean,
  String: holds.text,
}

/** What a type of these languages holds, as a shape has it. */
function kindsOf(type: string): Shape['kinds'] | undefined {
  const name = type.replace(/\?$/, '').replace(/^(java\.(util|lang|math)|kotlin(\.collections)?|scala)\./, '')
  const item = /^(?:Mutable)?List[<[](.+)[>\]]$/.exec(name)?.[1]
  if (item === undefined) return Object.hasOwn(scalars, name) ? [scalars[name]!] : undefined
  if (/^(Any|Object)\??$/.test(item)) return [0, holds.list]
  const kinds = kindsOf(item)
  return kinds && [0, ...kinds]
}
