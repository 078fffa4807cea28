import type { SyntaxNode } from '@lezer/common'
import { isText, type Literals, literalOf, readComment } from './braces.ts'
import { grammar } from './grammar.ts'
import { type Assigned, childrenOf, createCellReader, type Dialect, type Source } from './read-cell.ts'

const literals: Literals = {
  escapes: { hexadecimal: { x: [2, 2], u: [1, 6] }, braces: true },
  suffix: /n$/,
  nulls: ['null', 'undefined'],
}

const parser = grammar('@lezer/javascript')

const dialect: Omit<Dialect, 'parser'> = {
  groups: ['ExportDeclaration'],
  foreign: /^\s*%/,
  assigned,
  comment: readComment,
}

/** `const a = 1, b = "x"`, `a = 1` */
export const javascriptCell = createCellReader({ ...dialect, parser })
/** The same with types: `let a: string = "x"` */
export const typescriptCell = createCellReader({
  ...dialect,
  parser: () => parser().configure({ dialect: 'ts' }),
})

function assigned(statement: SyntaxNode, source: Source): Assigned[] {
  if (statement.name === 'ExpressionStatement') return plainly(statement.firstChild!, source)
  if (statement.name !== 'VariableDeclaration') return []
  const found: Assigned[] = []
  let name: string | undefined
  let type: string | undefined
  for (const node of childrenOf(statement).slice(1)) {
    if (node.name === 'VariableDefinition') name = source(node)
    else if (node.name === 'TypeAnnotation') type = source(node).replace(/^:\s*/, '')
    else if (node.name === ',') name = type = undefined
    else if (node.name !== 'Equals' && node.name !== ';' && name !== undefined)
      found.push(set(name, node, source, type))
  }
  return found
}

function plainly(node: SyntaxNode, source: Source): Assigned[] {
  if (node.name !== 'AssignmentExpression') return []
  const [target, sign, value] = childrenOf(node)
  return target?.name === 'VariableName' && sign?.name === 'Equals'
    ? [set(source(target), value!, source)]
    : []
}

function set(name: string, value: SyntaxNode, source: Source, type?: string): Assigned {
  return {
    name,
    type,
    text: isText(value) || /^string( *\| *(null|undefined))?$/.test(type ?? ''),
    default: source(value),
    value: literalOf(value, source, literals),
  }
}
