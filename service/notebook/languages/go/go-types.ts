import type { Value } from '../../parameters/value.ts'
import type { Declared } from '../language.ts'
import { evenShapeOf } from '../shared/even-shapes.ts'
import { doubles, holds, longs, within } from '../shared/shapes.ts'

/** The types that a `parameters` cell may declare, each with what such a variable can be set to. */
const kinds: Readonly<Record<string, number>> = {
  bool: holds.boolean,
  int: longs,
  int64: longs,
  float64: doubles,
  string: holds.text,
  any: -1,
}

/** The type of a variable that the `parameters` cell declares, when it can hold the value. */
export function declaredGoType(value: Value, declared: Declared | undefined): string | undefined {
  const written = declared?.type ?? typeOfLiteral(declared?.default)
  const [, brackets = '', name = ''] = /^((?:\[\])*)([a-z0-9]+)$/.exec(written) ?? []
  if (!Object.hasOwn(kinds, name)) return undefined
  const levels = brackets.length / '[]'.length
  const shape = evenShapeOf(value)
  if (name === 'any') return levels <= (shape?.levels ?? 1) ? written : undefined
  if (shape === undefined || !within(shape.bits, kinds[name]!)) return undefined
  return levels === shape.levels || (shape.bits === 0 && levels > shape.levels) ? written : undefined
}

/** The type that a variable has by what it is set to. */
function typeOfLiteral(literal = ''): string {
  if (/^["`]/.test(literal)) return 'string'
  if (literal === 'true' || literal === 'false') return 'bool'
  if (/^-?[0-9]+$/.test(literal)) return 'int'
  if (/^-?[0-9]*\.?[0-9]+\.?(e[-+]?[0-9]+)?$/i.test(literal)) return 'float64'
  return /^((?:\[\])+[a-z0-9]+)\{/.exec(literal)?.[1] ?? ''
}
