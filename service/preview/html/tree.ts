/** HTML as a tree (hast): what is put in as text cannot become markup. */
import type { ElementContent, Properties, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'

export type { ElementContent, Root } from 'hast'

/** HTML text that goes in as it is. */
interface Trusted {
  readonly type: 'raw'
  readonly value: string
}

declare module 'hast' {
  interface ElementContentMap {
    raw: Trusted
  }
  interface RootContentMap {
    raw: Trusted
  }
}

/** A piece of a tree: a text stands for itself. */
export type Child = ElementContent | string

/** @example element('p', { className: ['note'] }, 'A text.') */
export function element(tagName: string, properties: Properties, ...parts: readonly Child[]): ElementContent {
  return { type: 'element', tagName, properties, children: parts.map(asNode) }
}

/** HTML that a library of ours has made from plain text. Nothing that came from a notebook as HTML goes through here. */
export function trusted(html: string): ElementContent {
  return { type: 'raw', value: html }
}

/** The tree as HTML text. */
export function writeHtml(parts: readonly Child[]): string {
  const root: Root = { type: 'root', children: parts.map(asNode) }
  return toHtml(root, { allowDangerousHtml: true, characterReferences: { useNamedReferences: false } })
}

/** The text of a node and of all in it. */
export function textContent(node: ElementContent | Root): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map((child) => textContent(child as ElementContent)).join('') : ''
}

function asNode(part: Child): ElementContent {
  return typeof part === 'string' ? { type: 'text', value: part } : part
}
