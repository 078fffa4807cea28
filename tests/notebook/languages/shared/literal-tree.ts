import type { Node } from 'web-tree-sitter'
import { namedNodes, parseTree } from './tree.ts'

/**
 * What a cell holds beside assignments of literals, by its tree: the first node of another kind than these, or that the
 * language could not read; `undefined` when there is none.
 *
 * @param isFine looks closer at nodes of those kinds
 */
export async function strangeNode(
  language: string,
  source: string,
  kinds: ReadonlySet<string>,
  isFine: (node: Node) => boolean = () => true,
): Promise<string | undefined> {
  const tree = await parseTree(language, source)
  try {
    for (const node of namedNodes(tree)) {
      if (kinds.has(node.type) && !node.isMissing && isFine(node)) continue
      return `${node.type} at ${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${node.text.slice(0, 60)}`
    }
    return undefined
  } finally {
    tree.delete()
  }
}
