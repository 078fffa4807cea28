import type { Declared } from './language.ts'
import { assigned, type Lexis, statements } from './statements.ts'

/** What a cell declares by `val x = …` or `var x = …` at its top level, with the word that the first of them begins with. */
export function declaredByWord(source: string, lexis: Lexis): Declared[] {
  const found = new Map<string, Declared>()
  for (const statement of statements(source, lexis)) {
    const word = statement[0]?.text ?? ''
    for (const declared of assigned(statement, lexis))
      if (!found.has(declared.name)) found.set(declared.name, { ...declared, word })
  }
  return [...found.values()]
}
