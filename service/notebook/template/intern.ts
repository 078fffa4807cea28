/**
 * What is kept of thousands of templates, in little memory: a part of a text keeps the whole of it alive (a cell's source
 * for one name in it), and most templates of a folder say the same.
 */
import { createLastUsed } from '../../last-used.ts'

const longestShared = 1000
const shared = createLastUsed<string, unknown>(1000)

/**
 * @param value plain data, which nobody changes
 * @returns the same without ties to larger texts; equal small ones are one
 */
export function intern<Value>(value: Value): Value {
  const key = JSON.stringify(value)
  if (key === undefined || key.length > longestShared) return structuredClone(value)
  return (shared.get(key) ?? shared.set(key, structuredClone(value))) as Value
}
