/**
 * What is kept of thousands of templates, in little memory: a part of a text keeps the whole of it alive (a cell's source
 * for one name in it), and most templates of a folder say the same.
 */

const mostShared = 1000
const longestShared = 1000
const shared = new Map<string, unknown>()

/**
 * @param value plain data, which nobody changes
 * @returns the same without ties to larger texts; equal small ones are one
 */
export function keep<Value>(value: Value): Value {
  const key = JSON.stringify(value)
  if (key === undefined || key.length > longestShared) return structuredClone(value)
  const before = shared.get(key)
  if (before !== undefined) return before as Value
  const copy = structuredClone(value)
  if (shared.size === mostShared) shared.clear()
  shared.set(structuredClone(key), copy)
  return copy
}
