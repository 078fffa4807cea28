import type { Value } from '../parameters.ts'
import { type Declared, words } from './language.ts'
import { type Lexeme, type Lexis, statements } from './statements.ts'
import { doubles, holds, longs, shapeOf, within } from './static-types.ts'

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/y,
  string: /"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\\?$)|`[^`]*(?:`|$)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\\?$)/y,
  name: /[\p{L}_][\p{L}\p{Nd}_]*/uy,
  textType: /^string$/,
  assigns: words('= :='),
  indented: false,
}

/** `var a = 1`, `var b []float64 = nil`, `var c string`, `d := "…"`, `e, f := 1, 2` */
export function declaredInGo(source: string): Declared[] {
  return statements(source, lexis).flatMap((statement) => {
    const equal = statement.findIndex(({ text }) => lexis.assigns.has(text))
    const isVar = statement[0]?.text === 'var' && statement[1]?.kind === 'name'
    if (!isVar && statement[equal]?.text !== ':=') return []
    const target = statement.slice(isVar ? 1 : 0, equal < 0 ? undefined : equal)
    const names = [target[0]!]
    while (target[2 * names.length - 1]?.text === ',') names.push(target[2 * names.length]!)
    if (names.some((name) => name?.kind !== 'name')) return []
    const written = target.slice(2 * names.length - 1).map(({ text }) => text)
    const type = written.join('') || (names.length === 1 ? typeOf(statement.slice(equal + 1)) : '')
    return names.map(({ text: name }) => ({ name, text: type === 'string', ...(type && { type }) }))
  })
}

/** What a literal is by itself. */
function typeOf(lexemes: readonly Lexeme[]): string {
  const written = lexemes.map(({ text }) => text).join('')
  if (lexemes.length === 1 && /^["`]/.test(written)) return 'string'
  if (written === 'true' || written === 'false') return 'bool'
  if (/^-?[0-9]+$/.test(written)) return 'int'
  if (/^-?[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?\.?$/i.test(written)) return 'float64'
  return /^((?:\[\])+[a-z0-9]+)\{/.exec(written)?.[1] ?? ''
}

const kinds: Readonly<Record<string, number>> = {
  bool: holds.boolean,
  int: longs,
  int64: longs,
  float64: doubles,
  string: holds.text,
  any: -1,
}

/** The type that the `parameters` cell declares, when it can hold the value. */
export function declaredType(value: Value, written: string | undefined): string | undefined {
  const [, brackets = '', name = ''] = /^((?:\[\])*)([a-z0-9]+)$/.exec(written ?? '') ?? []
  const levels = brackets.length / '[]'.length
  if (kinds[name] === undefined || levels > 0 !== (value.kind === 'list')) return undefined
  const shape = shapeOf(value)
  if (name === 'any') return levels <= (shape?.levels ?? 1) ? written : undefined
  if (shape === undefined || !within(shape.bits, kinds[name])) return undefined
  return levels === shape.levels || (shape.bits === 0 && levels > shape.levels) ? written : undefined
}
