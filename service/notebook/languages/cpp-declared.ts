import type { Value } from '../parameters.ts'
import { type Declared, words } from './language.ts'
import { type Lexeme, type Lexis, statements } from './statements.ts'
import { doubles, holds, longs, type Shape, within } from './static-types.ts'

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|#(?:\\\r?\n|[^\n])*/y,
  string:
    /(?:u8|[uUL])?R"([^()\s\\]*)\([\s\S]*?(?:\)\1"|$)|(?:u8|[uUL])?"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|\\?$)/y,
  name: /[\p{XID_Start}_][\p{XID_Continue}]*/uy,
  textType: /^$/,
  assigns: words('='),
  indented: false,
  semicolons: true,
}

// What begins a statement that declares no variable.
const others = words(`
  asm break case class concept continue delete do else enum export extern for friend goto if namespace new return
  struct switch template throw try typedef union using while`)

/** `int a = 1;`, `std::string b = "…";`, `std::vector<double> c{1, 2};`, `auto d = 1.5;` */
export function declaredInCpp(source: string): Declared[] {
  const found: Declared[] = []
  for (const statement of statements(source, lexis)) {
    if (others.has(statement[0]!.text)) continue
    const end = statement.findIndex(({ text }) => '={[('.includes(text))
    const head = end < 0 ? statement : statement.slice(0, end)
    const name = head.at(-1)
    if (name?.kind !== 'name' || head.length < 2 || statement[end]?.text === '(') continue
    if (head.some(({ kind, text }) => kind !== 'name' && !/^(::|[<>,*&]+)$/.test(text))) continue
    const written = typeOf(head.slice(0, -1).map(({ text }) => text))
    const whole = written === 'auto' ? typeOfLiteral(statement.slice(end + 1)) : written
    const type = statement[end]?.text === '[' ? `${whole}[]` : whole
    found.push({ name: name.text, text: isText(type), type })
  }
  return found
}

/** As it is written, with a space only where two words meet. */
function typeOf(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== 'static')
    .join(' ')
    .replace(/ ?([^\w ]+) ?/g, '$1')
}

/** What `auto` stands for before a literal. */
function typeOfLiteral(lexemes: readonly Lexeme[]): string {
  const literal = lexemes.map(({ text }) => text).join('')
  if (/^".*"$/.test(literal) && lexemes.length === 1) return 'const char*'
  if (literal === 'true' || literal === 'false') return 'bool'
  if (/^-?[0-9]{1,9}$/.test(literal)) return 'int'
  return /^-?[0-9]+\.[0-9]*(e[-+]?[0-9]+)?$/i.test(literal) ? 'double' : 'auto'
}

function isText(type: string): boolean {
  return /^(const )?((std::)?string&?|char ?(const)?\*|char\[\])$/.test(type)
}

export interface Type {
  /** Vectors within each other. */
  readonly levels: number
  readonly of: string
}

/** The types that a `parameters` cell may declare, each with what such a variable can be set to. */
const declaredTypes: Readonly<Record<string, { readonly of: string; readonly kinds: number }>> = {
  bool: { of: 'bool', kinds: holds.boolean },
  int: { of: 'int', kinds: holds.int },
  long: { of: 'long long', kinds: longs },
  'long long': { of: 'long long', kinds: longs },
  int64_t: { of: 'long long', kinds: longs },
  double: { of: 'double', kinds: doubles },
  string: { of: 'std::string', kinds: holds.text },
  'const char*': { of: 'const char *', kinds: holds.text },
}

/**
 * The type of a variable that is declared already, when it can be set to the value.
 *
 * @param written as in `Declared`
 */
export function declaredType(value: Value, { levels, bits }: Shape, written?: string): Type | undefined {
  const plain = written?.replaceAll('std::', '') ?? ''
  const [, vectors = '', name = ''] = /^((?:vector<)*)([a-z0-9_ *]+?)>*$/.exec(plain) ?? []
  const type = declaredTypes[name]
  if (type === undefined || !within(bits, type.kinds)) return undefined
  if (type.of === 'const char *' && hasNul(value)) return undefined
  const own = vectors.length / 'vector<'.length
  return own === levels || (bits === 0 && own > levels) ? { levels: own, of: type.of } : undefined
}

/** Whether there is a NUL in a text or in a list of texts. */
export function hasNul(value: Value): boolean {
  if (value.kind === 'text') return value.value.includes('\0')
  return value.kind === 'list' && value.items.some(hasNul)
}
