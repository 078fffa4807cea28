import type { Declared } from '../../language.ts'

/** The tokens of a language, as far as its assignments go; each expression is sticky. */
export interface Lexis {
  readonly comment: RegExp
  readonly string: RegExp
  /** Also matches plain words such as `my` or `end`: what it does not match falls apart into single characters. */
  readonly name: RegExp
  /** Matches the type of a text variable, without white space. */
  readonly textType: RegExp
  /** The operators that assign to what stands before them. */
  readonly assigns: ReadonlySet<string>
  /** An operator that assigns to what comes after it. */
  readonly assignsRight?: ReadonlySet<string>
  /** Blocks are told by indentation: an indented line is not at the top level. */
  readonly indented: boolean
  /** Only a semicolon ends a statement, and the `}` of a function that is written `f(…) {…}`; of no other block. */
  readonly semicolons?: boolean
  /** What joins a line to the next. */
  readonly joined?: RegExp
  /** Words before the name that only qualify it. */
  readonly qualifiers?: ReadonlySet<string>
}
export interface Lexeme {
  readonly kind: 'name' | 'string' | 'other'
  readonly text: string
}

// A parameters cell is a screenful; beyond this the expressions could take their time.
const longest = 50_000

const operator = /<<-|<-|->>|->|[=!<>+\-*/%@&|^~:]+|[^\s]/uy

/**
 * What a cell sets by plain assignments at its top level. It knows strings, comments, brackets and lines, and no
 * more: what it does not understand it leaves out.
 */
export function declaredByAssignment(source: string, lexis: Lexis): Declared[] {
  const found = new Map<string, Declared>()
  for (const statement of statements(source, lexis)) {
    for (const declared of assigned(statement, lexis))
      if (!found.has(declared.name)) found.set(declared.name, declared)
  }
  return [...found.values()]
}

/** The statements outside of all brackets, each as its lexemes; spaces and comments are gone. */
export function statements(whole: string, lexis: Lexis): Lexeme[][] {
  const source = whole.slice(0, longest)
  const all: Lexeme[][] = []
  let current: Lexeme[] = []
  let nested = 0
  let indented = false
  let at = 0
  const take = (expression: RegExp | undefined) => {
    if (expression === undefined) return undefined
    expression.lastIndex = at
    const match = expression.exec(source)?.[0]
    if (match) at += match.length
    return match || undefined
  }
  const end = () => {
    if (current.length > 0 && !indented) all.push(current)
    current = []
  }
  while (at < source.length) {
    if (take(lexis.joined) ?? take(lexis.comment)) continue
    const character = source[at]!
    if (character === '\n' || character === ';') {
      at++
      if (nested > 0 || (character === '\n' && lexis.semicolons)) continue
      end()
      if (character === '\n') indented = lexis.indented && /[ \t]/.test(source[at] ?? '')
      continue
    }
    if (/\s/.test(character)) {
      at++
      continue
    }
    const string = take(lexis.string)
    if (string !== undefined) {
      current.push({ kind: 'string', text: string })
      continue
    }
    const name = take(lexis.name)
    const text = name ?? take(operator) ?? source[at++]!
    if ('([{'.includes(text)) nested++
    if (')]}'.includes(text)) nested = Math.max(0, nested - 1)
    current.push({ kind: name === undefined ? 'other' : 'name', text })
    if (lexis.semicolons && text === '}' && nested === 0 && isFunction(current)) end()
  }
  end()
  return all
}

/** The body of a function ends without a semicolon; the list that a variable begins with does not. */
function isFunction(statement: readonly Lexeme[]): boolean {
  return statement.find(({ text }) => text === '(' || text === '=')?.text === '('
}

/** `a = b = value`, `a, b = values`, `a: type = value`, `value -> a`. */
export function assigned(statement: readonly Lexeme[], lexis: Lexis): Declared[] {
  const right = statement.findIndex(({ text }) => lexis.assignsRight?.has(text))
  if (right > 0 && statement.length === right + 2) {
    return named(statement.slice(right + 1), isText(statement.slice(0, right)), lexis)
  }
  const found: Declared[] = []
  let from = 0
  let nested = 0
  const lastEqual = statement.findLastIndex(({ text }) => lexis.assigns.has(text))
  const text = lastEqual >= 0 && isText(statement.slice(lastEqual + 1))
  for (let at = 0; at < statement.length; at++) {
    const lexeme = statement[at]!
    if ('([{'.includes(lexeme.text)) nested++
    if (')]}'.includes(lexeme.text)) nested--
    if (nested > 0 || !lexis.assigns.has(lexeme.text)) continue
    const names = named(statement.slice(from, at), text, lexis)
    if (names.length === 0) break
    found.push(...names)
    from = at + 1
  }
  return found
}

function named(target: readonly Lexeme[], text: boolean, lexis: Lexis): Declared[] {
  const left = target.filter((lexeme, index) => index > 0 || !lexis.qualifiers?.has(lexeme.text))
  const colon = left.findIndex(({ text: sign }) => sign === ':' || sign === '::')
  if (colon === 1 && left[0]!.kind === 'name') {
    const type = left
      .slice(2)
      .map((lexeme) => lexeme.text)
      .join('')
    return [{ name: left[0]!.text, text: text || lexis.textType.test(type) }]
  }
  const names = left.filter(({ text: sign }) => !'(),[]'.includes(sign))
  if (names.length === 0 || names.some(({ kind }) => kind !== 'name')) return []
  if (names.length > 1 && !left.some(({ text: sign }) => sign === ',')) return []
  return names.map(({ text: name }) => ({ name, text: text && names.length === 1 }))
}

function isText(value: readonly Lexeme[]): boolean {
  return value.length > 0 && value.every(({ kind }) => kind === 'string')
}
