import type { Node } from 'web-tree-sitter'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { namedNodes, parseTree } from '../shared/tree.ts'

/** What a cell of F# may consist of by its grammar: definitions of values, literals, and brackets around them. */
const kinds = new Set(
  `file line_comment declaration_expression function_or_value_defn value_declaration_left identifier_pattern
   long_identifier_or_op long_identifier identifier simple_type typed_expression types application_expression
   list_expression array_expression tuple_expression paren_expression prefixed_expression prefix_op const string int
   int64 float bignum bool null escape_char`.split(/\s+/),
)
/** The only names that it may use. */
const used = new Set('box dict string obj List ofArray nan infinity'.split(' '))

/** That a cell is nothing but assignments of literals to the variables that it must set, by F#'s tree-sitter grammar. */
export const fsharpTreeOracle: Oracle = async (cases) => {
  const faults: (string | undefined)[] = []
  for (const one of cases) faults.push(await fault(one))
  return faults
}

async function fault({ params, source, names }: OracleCase): Promise<string | undefined> {
  const tree = await parseTree('fsharp', source)
  try {
    if (tree.rootNode.hasError) return 'it cannot be read'
    const set: string[] = []
    for (const node of namedNodes(tree)) {
      if (!kinds.has(node.type)) return `${node.type}: ${node.text}`
      if (node.type !== 'identifier') continue
      if (node.parent?.parent?.type === 'identifier_pattern') set.push(node.text)
      else if (isExponent(source, node)) continue
      else if (!used.has(node.text)) return `it uses ${node.text}`
    }
    const wanted = readParameters(params).map(([name]) => names[name])
    return set.join(' ') === wanted.join(' ') ? undefined : `it sets ${set}, not ${wanted}`
  } finally {
    tree.delete()
  }
}

/** This grammar knows no exponent without a sign, and takes that of `1e5` for a name; F# reads it as one number. */
function isExponent(source: string, node: Node): boolean {
  return /^[eE][0-9]+$/.test(node.text) && /[0-9]/.test(source[node.startIndex - 1] ?? '')
}
