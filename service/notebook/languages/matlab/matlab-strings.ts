import type { Value } from '../../parameters/value.ts'
import { hasUnseen } from '../shared/texts.ts'
import { matlabText } from './matlab-texts.ts'

/** Which kind of MATLAB's strings a `parameters` cell sets a variable to: `"x"`, or `["a", "b"]`. */
export type StringKind = 'string' | 'string array'

const longestPlain = 60
const delimiters = [...',;|~^#@!$&*+=?/']

/**
 * A text, or a list of texts, as MATLAB's strings, so that `name + ".csv"` goes on working. To Octave, which has none, it is
 * what it is without a declaration: a row of characters, or a cell array of them. `undefined` for other values.
 */
export function matlabString(value: Value, kind: StringKind): string | undefined {
  if (kind === 'string') return value.kind === 'text' ? oneString(value.value) : undefined
  if (value.kind !== 'list' || value.items.length === 0) return undefined
  const texts = value.items.flatMap((item) => (item.kind === 'text' ? [item.value] : []))
  if (texts.length < value.items.length) return undefined
  // Octave would join what stands in brackets to one row of characters.
  const delimiter = delimiters.find((one) => !texts.some((text) => text.includes(one)))
  if (delimiter === undefined) return undefined
  return `strsplit(${oneString(texts.join(delimiter))}, "${delimiter}", 'CollapseDelimiters', false)`
}

/** In double quotes a backslash means something to Octave. */
function oneString(text: string): string {
  const isPlain = text.length <= longestPlain && !text.includes('\\') && !hasUnseen(text)
  return isPlain ? `"${text.replaceAll('"', '""')}"` : `sprintf("%s", ${matlabText(text)})`
}
