import type { SyntaxNode } from '@lezer/common'
import { isText, type Literals, readComment, valueOfLiteral } from '../shared/cells/braces.ts'
import { childrenOf, createCellReader } from '../shared/cells/read-cell.ts'
import type { Assigned, SourceOf } from '../shared/dialect.ts'
import { grammar } from '../shared/grammar.ts'

const literals: Literals = {
  escapes: { hexadecimal: { x: [1, 8], u: [4, 4], U: [8, 8] }, octal: true, bytes: true },
  suffix: /(?<=^0[xX][0-9a-fA-F']+)[uUlL]+$|(?<!^0[xX].*)[uUlLfF]+$/,
  nulls: ['NULL', 'nullptr'],
  octalByZero: true,
}
const textType = /^(const )?(std::)?(string|string_view)( const)?( ?&)?$/

/** C and C++ at file scope: `int a = 1, b;`, `const char *c = "…";`, `std::string d{"…"};` */
export const cCell = createCellReader({
  parser: grammar('@lezer/cpp'),
  foreign: /^\s*%/,
  assigned(statement, source) {
    if (statement.name !== 'Declaration') return []
    const children = childrenOf(statement)
    const first = children.findIndex(({ name }) =>
      /^(InitDeclarator|PointerDeclarator|ArrayDeclarator|Identifier)$/.test(name),
    )
    if (first < 1 || children.slice(0, first).some(({ name }) => name === 'extern')) return []
    const type = children
      .slice(0, first)
      .filter(({ name }) => name !== 'static')
      .map(source)
      .join(' ')
    return children
      .slice(first)
      .map((declarator) => declared(declarator, type, source))
      .filter((found) => found !== undefined)
  },
  comment: readComment,
})

function declared(declarator: SyntaxNode, type: string, source: SourceOf): Assigned | undefined {
  const [left, value] = declarator.name === 'InitDeclarator' ? childrenOf(declarator) : [declarator]
  let pointers = 0
  let arrays = 0
  let target = left ?? null
  for (; target !== null && /^(Pointer|Array)Declarator$/.test(target.name); target = target.firstChild) {
    if (target.name === 'PointerDeclarator') pointers++
    else arrays++
  }
  if (target?.name !== 'Identifier') return undefined
  const isChars = /\bchar\b/.test(type) && pointers + arrays === 1
  return {
    name: source(target),
    type: `${type}${pointers > 0 ? ` ${'*'.repeat(pointers)}` : ''}${'[]'.repeat(arrays)}`,
    text:
      isChars ||
      (pointers + arrays === 0 && (textType.test(type) || (type === 'auto' && !!value && isText(value)))),
    ...(value && initialised(value, arrays > 0, source)),
  }
}

/** `= value`, `{value}` or `(value)` */
function initialised(
  value: SyntaxNode,
  isArray: boolean,
  source: SourceOf,
): Pick<Assigned, 'default' | 'value'> {
  const inBrackets = value.name === 'ArgumentList' || (value.name === 'InitializerList' && !isArray)
  const items = childrenOf(value).slice(1, -1)
  if (!inBrackets || items.length !== 1)
    return { default: source(value), value: valueOfLiteral(value, source, literals) }
  return { default: source(items[0]!), value: valueOfLiteral(items[0]!, source, literals) }
}
