import { Fault } from '../../fault.ts'
import { positionOf } from '../json/position.ts'
import { readJson } from './read-json.ts'
import { shorten } from './short-name.ts'
import type { Parameters } from './value.ts'

/** Levels of lists and objects that parameters may have, the object of them all included (DESIGN 2.2). */
const deepest = 100

/**
 * Reads the JSON object of `params` (DESIGN 2.2): strict JSON, and `NaN`, `Infinity` and `-Infinity` as Python's
 * `json` writes them. An empty text is `{}`.
 *
 * @param limit how many lists and objects may lie within each other, and how many more of them lie around the parameters;
 *   `open`: no value is a secret
 * @throws Fault 20 `not-json`, `not-an-object`, `duplicate-name`, `lone-surrogate`, `too-deep` with `line` and
 *   `column` from 1; `too-deep` also with `limit`, `duplicate-name` with `name`, or, where that is a part of a value, with
 *   `inside`, the parameter: a secret may be an object, and nothing in it is told
 */
export function readParameters(
  text: string,
  limit: { levels?: number; around?: number; open?: boolean } = {},
): Parameters {
  const around = limit.around ?? 0
  const levels = (limit.levels ?? deepest) + around
  if (/^[ \t\r\n]*$/.test(text)) return []
  const value = readJson(text, levels, around + 1, (reason, offset, twice) => {
    const values: Record<string, string> = {}
    if (twice !== undefined) {
      if (limit.open || twice.depth <= around + 1) values.name = shorten(twice.name)
      else if (twice.owner !== '') values.inside = shorten(twice.owner)
    }
    if (reason === 'too-deep') values.limit = String(levels)
    return new Fault(20, reason, { ...values, ...positionOf(text, offset) })
  })
  if (value.kind !== 'object') throw new Fault(20, 'not-an-object', { line: 1, column: 1 })
  return value.entries
}
