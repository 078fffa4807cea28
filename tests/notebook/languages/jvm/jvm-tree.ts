import type { Node } from 'web-tree-sitter'
import { strangeNode } from '../shared/literal-tree.ts'

/** What may stand in a cell of a language of the Java virtual machine beside its texts. */
export interface JvmTree {
  readonly language: string
  /** The kinds of nodes that there are. */
  readonly kinds: ReadonlySet<string>
  /** Lines that may stand in the cell as they are, from a line feed to a line feed. */
  readonly lines?: string
  /** All names beside those of the variables. */
  readonly names: ReadonlySet<string>
}

/** What a cell holds beside assignments of literals: see `strangeNode`. */
export function strangeInCell(
  source: string,
  variables: readonly string[],
  tree: JvmTree,
): Promise<string | undefined> {
  // The grammars know few letters beyond ASCII.
  const plain = (text: string) =>
    text.replace(/[^\0-\x7f]/gu, (one) => (/[\p{L}\p{M}\p{N}]/u.test(one) ? 'x' : one))
  const set = new Set(variables.map(plain))
  const isKnown = (node: Node) =>
    !/identifier$/.test(node.type) || node.childCount > 0 || tree.names.has(node.text) || set.has(node.text)
  return strangeNode(tree.language, plain(source.replace(tree.lines ?? '\n', '\n')), tree.kinds, isKnown)
}
