import type { Declared } from '../language.ts'
import { assigned, type Lexeme, type Lexis, statements } from '../shared/cells/statements.ts'

/**
 * What a cell declares by `val x = …`, `var x: Type = …` at its top level, with the word that the first of them begins
 * with, and the type that it says or that its number has.
 */
export function declaredByWord(source: string, lexis: Lexis): Declared[] {
  const found = new Map<string, Declared>()
  for (const statement of statements(source, lexis)) {
    const word = statement[0]?.text ?? ''
    const type = typeOf(statement)
    for (const declared of assigned(statement, lexis))
      if (!found.has(declared.name)) found.set(declared.name, { ...declared, word, ...(type && { type }) })
  }
  return [...found.values()]
}

function typeOf(statement: readonly Lexeme[]): string | undefined {
  const signs = statement.map(({ text }) => text)
  const equal = signs.indexOf('=')
  if (signs[2] === ':') return signs.slice(3, equal < 0 ? undefined : equal).join('')
  const value = signs.slice(equal + 1).join('')
  if (equal !== 2 || !/^-?[0-9]/.test(value)) return undefined
  if (/^-?[0-9_]+[lL]$/.test(value)) return 'Long'
  return /^-?[0-9_]+(\.[0-9_]+)?([eE][-+]?[0-9]+)?$/.test(value) && /[.eE]/.test(value) ? 'Double' : undefined
}
