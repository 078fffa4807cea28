import type { Value } from '../../parameters/value.ts'
import { holds, type Shape, shapeOf } from './shapes.ts'

/** A scalar, an object, or lists that are alike on each level, and what they hold. */
export interface EvenShape extends Shape {
  /** 0 for a scalar or an object, 1 for a list of such, 2 for a list of lists of such. */
  readonly levels: number
  /** What lies on the last level, of `holds`; 0 for lists that hold nothing. */
  readonly bits: number
}

/** The shape of a value; `undefined` when its scalars do not all lie on one level, or on a fourth. */
export function evenShapeOf(value: Value): EvenShape | undefined {
  const shape = shapeOf(value)
  const levels = shape.kinds.length - 1
  const bits = shape.kinds[levels]!
  // Where a list holds nothing, it may stand for lists of lists.
  const isEven = shape.kinds.every((kinds, level) => kinds === 0 || level === levels)
  return isEven && (bits & holds.list) === 0 ? { ...shape, levels, bits } : undefined
}
