import type { RE2JS } from 're2js'
import { onDemand } from '../on-demand.ts'

const re2 = onDemand<typeof import('re2js')>('re2js')

/** A pattern that takes time linear in the text, whatever its author wrote. */
export interface Pattern {
  test(text: string): boolean
}

const mostPatterns = 200
const known = new Map<string, Pattern>()

/**
 * A regular expression as JSON Schema has it (ECMA-262), as far as RE2 goes: that knows neither look-around nor
 * references back, and no repetition beyond 1000.
 *
 * @throws Error that says in a few words what it cannot do
 */
export function compilePattern(source: string): Pattern {
  const before = known.get(source)
  if (before !== undefined) {
    // The last used ones stay.
    known.delete(source)
    known.set(source, before)
    return before
  }
  if (/(?<!\\)(\\\\)*\\k</.test(source)) throw new Error('it refers back to a group')
  let compiled: RE2JS
  try {
    const { RE2JS } = re2()
    compiled = RE2JS.compile(RE2JS.translateRegExp(source))
  } catch (error) {
    throw new Error(reasonOf(source, error), { cause: error })
  }
  const pattern = { test: (text: string) => compiled.test(text) }
  known.set(source, pattern)
  for (const oldest of known.keys()) {
    if (known.size <= mostPatterns) break
    known.delete(oldest)
  }
  return pattern
}

function reasonOf(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source)) return 'it looks ahead or behind'
  if (/\\[1-9]/.test(source)) return 'it refers back to a group'
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^error parsing regexp: /, '')
}
