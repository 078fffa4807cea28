import { isText, type Literals, readComment, valueOfLiteral } from '../shared/cells/braces.ts'
import { childrenOf, createCellReader } from '../shared/cells/read-cell.ts'
import { grammar } from '../shared/grammar.ts'

const literals: Literals = {
  escapes: { hexadecimal: { x: [2, 2], u: [1, 6] }, braces: true },
  suffix: /_?([iu](8|16|32|64|128|size)|f(32|64))$/,
  nulls: ['None'],
}
const textType = /^(&\s*('static\s+)?str|String|Option<(String|&\s*('static\s+)?str)>)$/

/** Rust as evcxr takes it: `let a = 1;`, `let mut b: &str = "x";`, `const C: f64 = 1.5;` */
export const rustCell = createCellReader({
  parser: grammar('@lezer/rust'),
  foreign: /^\s*:/,
  assigned(statement, source) {
    if (!/^(LetDeclaration|ConstItem|StaticItem)$/.test(statement.name)) return []
    const children = childrenOf(statement)
    const sign = children.findIndex(({ name }) => name === '=')
    const value = children[sign + 1]
    const name = children.slice(0, sign).find((node) => node.name === 'BoundIdentifier')
    if (sign < 0 || value === undefined || name === undefined) return []
    const colon = children.findIndex((node) => node.name === ':')
    const type =
      colon < 0 || colon > sign
        ? undefined
        : children
            .slice(colon + 1, sign)
            .map(source)
            .join('')
    return [
      {
        name: source(name),
        type,
        text: isText(value) || textType.test(type ?? ''),
        default: source(value),
        value: valueOfLiteral(value, source, literals),
      },
    ]
  },
  comment: readComment,
})
