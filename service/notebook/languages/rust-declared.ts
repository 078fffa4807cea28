import type { Value } from '../parameters.ts'
import { type Declared, words } from './language.ts'
import { type Lexeme, type Lexis, statements } from './statements.ts'
import { doubles, holds, longs, type Shape, within } from './static-types.ts'

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/y,
  string: /b?r(#*)"[\s\S]*?(?:"\1|$)|b?"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|b?'(?:\\[^\n][^'\n]{0,9}|[^'\\\n])'/uy,
  name: /'?[\p{XID_Start}_]\p{XID_Continue}*/uy,
  textType: /^$/,
  assigns: words('='),
  indented: false,
  semicolons: true,
}

/** `let a = 1;`, `let mut b: Vec<f64> = vec![];`, `let c = String::from("…");` */
export function declaredInRust(source: string): Declared[] {
  return statements(source, lexis).flatMap((statement) => {
    const at = statement[1]?.text === 'mut' ? 2 : 1
    const name = statement[at]
    if (statement[0]?.text !== 'let' || name?.kind !== 'name') return []
    const equal = statement.findIndex(({ text }) => text === '=')
    const isTyped = statement[at + 1]?.text === ':'
    if (!isTyped && equal !== at + 1) return []
    const type = isTyped
      ? written(statement.slice(at + 2, equal < 0 ? undefined : equal))
      : typeOf(statement.slice(equal + 1))
    return [{ name: name.text, text: /^(&('static )?str|String)$/.test(type), ...(type && { type }) }]
  })
}

function written(lexemes: readonly Lexeme[]): string {
  return lexemes
    .map(({ text }) => text)
    .join(' ')
    .replace(/ ?([^\w' ]+) ?/g, '$1')
}

/** What a literal is by itself. */
function typeOf(lexemes: readonly Lexeme[]): string {
  const all = written(lexemes)
  const last = lexemes.at(-1)
  if (lexemes.length === 1 && last!.kind === 'string' && /^r?#*"/.test(all)) return "&'static str"
  if (/^String::from\("[^"]*"\)$|^"[^"]*"\.(to_string|to_owned|into)\(\)$/.test(all)) return 'String'
  if (all === 'true' || all === 'false') return 'bool'
  return /^-?[0-9 ]+\.[0-9 ]*$/.test(all) ? 'f64' : ''
}

/** The type of a variable or of what a list holds. */
export interface Type {
  /** Lists within each other. */
  readonly levels: number
  readonly of: string
  readonly optional: boolean
}

const kinds: Readonly<Record<string, number>> = {
  bool: holds.boolean,
  i32: holds.int,
  u32: holds.int,
  i64: longs,
  u64: longs,
  isize: longs,
  usize: longs,
  i128: longs | holds.wide,
  f64: doubles,
  "&'static str": holds.text,
  '&str': holds.text,
  String: holds.text,
}

/** The type that the `parameters` cell declares, when it can hold the value. */
export function declaredType(
  value: Value,
  { levels, bits }: Shape,
  type: string | undefined,
): Type | undefined {
  const [, vectors = '', option, name = ''] = /^((?:Vec<)*)(Option<)?([^<>]+)>*$/.exec(type ?? '') ?? []
  const optional = option !== undefined
  if (kinds[name] === undefined || !within(bits, optional ? kinds[name] | holds.null : kinds[name]))
    return undefined
  if (/^u/.test(name) && hasNegative(value)) return undefined
  const own = vectors.length / 'Vec<'.length
  if (own !== levels && !(bits === 0 && own > levels)) return undefined
  return { levels: own, of: name === '&str' ? "&'static str" : name, optional }
}

function hasNegative(value: Value): boolean {
  if (value.kind === 'number') return value.text.startsWith('-')
  return value.kind === 'list' && value.items.some(hasNegative)
}
