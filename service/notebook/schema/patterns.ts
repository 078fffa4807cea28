import type { RE2JS } from 're2js'
import { createLastUsed } from '../../last-used.ts'
import { onDemand } from '../on-demand.ts'

const re2 = onDemand<typeof import('re2js')>('re2js')

/** A pattern that takes time linear in the text, whatever its author wrote. */
export interface Pattern {
  test(text: string): boolean
}

const known = createLastUsed<string, Pattern>(200)

/**
 * A regular expression as JSON Schema has it (ECMA-262), as far as RE2 goes: that knows neither look-around nor
 * references back, and no repetition beyond 1000.
 *
 * @throws Error that says in a few words what it cannot do
 */
export function compilePattern(source: string): Pattern {
  return known.get(source) ?? known.set(source, compile(source))
}

function compile(source: string): Pattern {
  if (/(?<!\\)(\\\\)*\\k</.test(source)) throw new Error('it refers back to a group')
  let compiled: RE2JS
  try {
    const { RE2JS } = re2()
    compiled = RE2JS.compile(RE2JS.translateRegExp(source))
  } catch (error) {
    throw new Error(reasonOf(source, error), { cause: error })
  }
  return { test: (text) => compiled.test(text) }
}

function reasonOf(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source)) return 'it uses lookahead or lookbehind'
  if (/\\[1-9]/.test(source)) return 'it refers back to a group'
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^error parsing regexp: /, '')
}
