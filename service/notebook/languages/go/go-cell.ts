import type { SyntaxNode } from '@lezer/common'
import { isText, type Literals, readComment, valueOfLiteral } from '../shared/cells/braces.ts'
import { childrenOf, createCellReader } from '../shared/cells/read-cell.ts'
import type { Assigned, SourceOf } from '../shared/dialect.ts'
import { grammar } from '../shared/grammar.ts'

const literals: Literals = {
  escapes: { hexadecimal: { x: [2, 2], u: [4, 4], U: [8, 8] }, octal: true, bytes: true },
  suffix: /$^/,
  nulls: ['nil'],
  octalByZero: true,
}

/** Go as its kernels take it: `a := 1`, `a, b = 1, 2`, `var a string = "x"`, `var (…)`, `const a = 1` */
export const goCell = createCellReader({
  parser: grammar('@lezer/go'),
  foreign: /^\s*[%!]/,
  assigned: (statement, source) => specsOf(statement).flatMap((spec) => assigned(spec, source)),
  comment: readComment,
})

function specsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.name === 'Assignment' || node.name === 'VarSpec' || node.name === 'ConstSpec') return [node]
  if (!/^(VarDecl|ConstDecl|SpecList)$/.test(node.name)) return []
  const inner = childrenOf(node).flatMap(specsOf)
  return inner.length > 0 ? inner : [node]
}

function assigned(spec: SyntaxNode, source: SourceOf): Assigned[] {
  const names: string[] = []
  const values: SyntaxNode[] = []
  let type: string | undefined
  let isBehind = false
  for (const node of childrenOf(spec)) {
    if (node.name === '=' || node.name === ':=') isBehind = true
    else if (isBehind && node.name !== ',') values.push(node)
    else if (node.name === 'DefName' || node.name === 'VariableName') names.push(source(node))
    else if (!isBehind && node.name !== ',') type = source(node)
  }
  // `x.y = 1` and `x[0] = 1` set no variable.
  if (spec.name === 'Assignment' && type !== undefined) return []
  return names.map((name, index) => {
    const value = values.length === names.length ? values[index] : undefined
    return {
      name,
      type,
      text: type === 'string' || (value !== undefined && isText(value)),
      ...(value && { default: source(value), value: valueOfLiteral(value, source, literals) }),
    }
  })
}
