import { isText, type Literals, readComment, valueOfLiteral } from '../shared/cells/braces.ts'
import { childrenOf, createCellReader } from '../shared/cells/read-cell.ts'
import type { Assigned } from '../shared/dialect.ts'
import { grammar } from '../shared/grammar.ts'

const literals: Literals = {
  escapes: { hexadecimal: { u: [4, 4] }, octal: true },
  suffix: /(?<=^0[xX][0-9a-fA-F_]+)[lL]$|(?<!^0[xX].*)[lLfFdD]$/,
  nulls: ['null'],
  octalByZero: true,
}

/** Java as jshell takes it: `int a = 1, b = 2;`, `var c = "x";` */
export const javaCell = createCellReader({
  parser: grammar('@lezer/java'),
  foreign: /^\s*[%/](?!\/|\*)/,
  assigned(statement, source) {
    if (!/^(LocalVariable|Field)Declaration$/.test(statement.name)) return []
    const children = childrenOf(statement)
    const type = children.find(({ name }) => name !== 'Modifiers' && name !== 'VariableDeclarator')
    const said = type === undefined || type.name === 'var' ? undefined : source(type)
    return children
      .filter(({ name }) => name === 'VariableDeclarator')
      .map((declarator): Assigned => {
        const [name, , value] = childrenOf(declarator)
        return {
          name: source(name!),
          type: said,
          text: said === 'String' || (value !== undefined && isText(value)),
          ...(value && { default: source(value), value: valueOfLiteral(value, source, literals) }),
        }
      })
  },
  comment: readComment,
})
