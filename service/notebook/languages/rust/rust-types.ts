import type { Value } from '../../parameters/value.ts'
import type { Declared } from '../language.ts'
import type { EvenShape } from '../shared/even-shapes.ts'
import { doubles, holds, longs, within } from '../shared/shapes.ts'

/** The type of a variable in Rust, or of what its lists hold. */
export interface RustType {
  /** Lists within each other. */
  readonly levels: number
  readonly of: string
  readonly optional: boolean
}

/** The types that a `parameters` cell may declare, each with what such a variable can be set to. */
const kinds: Readonly<Record<string, number>> = {
  bool: holds.boolean,
  i32: holds.int,
  u32: holds.int,
  i64: longs,
  u64: longs,
  isize: longs,
  usize: longs,
  i128: longs | holds.wide,
  f64: doubles,
  "&'static str": holds.text,
  String: holds.text,
}

/** The type of a variable that the `parameters` cell declares, when it can hold the value. */
export function declaredRustType(
  value: Value,
  shape: EvenShape,
  declared: Declared | undefined,
): RustType | undefined {
  const written = (declared?.type ?? typeOfLiteral(declared?.default)).replace(/&\s*str$/, "&'static str")
  const [, vectors = '', option, of = ''] = /^((?:Vec<)*)(Option<)?([^<>]+)>*$/.exec(written) ?? []
  const optional = option !== undefined
  const known = Object.hasOwn(kinds, of) ? kinds[of] : undefined
  if (known === undefined || !within(shape.bits, known | (optional ? holds.null : 0))) return undefined
  if (of.startsWith('u') && hasNegative(value)) return undefined
  const levels = vectors.length / 'Vec<'.length
  const isDeeper = shape.bits === 0 && levels > shape.levels
  return levels === shape.levels || isDeeper ? { levels, of, optional } : undefined
}

/** The type that a variable has by what it is set to; an integer has none of its own. */
function typeOfLiteral(literal = ''): string {
  if (/^r?#*"[^"]*"#*$/.test(literal)) return "&'static str"
  if (/^String::from\(.*\)$|^"[^"]*"\s*\.(to_string|to_owned|into)\(\)$/.test(literal)) return 'String'
  if (literal === 'true' || literal === 'false') return 'bool'
  return /^-?[0-9_]+\.[0-9_]*$/.test(literal) ? 'f64' : ''
}

function hasNegative(value: Value): boolean {
  if (value.kind === 'number') return value.text.startsWith('-')
  return value.kind === 'list' && value.items.some(hasNegative)
}
