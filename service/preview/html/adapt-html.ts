import type { Element } from 'hast'
import type { ImageLook } from '../images.ts'
import { codeBlock } from './code.ts'
import { idPrefix } from './sanitize.ts'
import { type ElementContent, element, type Root, textContent } from './tree.ts'

/** What takes the place of images and formulas. */
export interface Replacements {
  image(src: string, look: ImageLook): ElementContent
  /** undefined when there is none of that number (left). */
  formula(number: number): ElementContent | undefined
}

/**
 * Makes harmless HTML fit for our page: headings below the page's own, links that lead out of it or within it, images and
 * formulas in their places, code coloured, wide tables in something that scrolls.
 *
 * @param root what `readHarmless` gave
 */
export function adaptHtml(root: Root, replacements: Replacements): ElementContent[] {
  return root.children.flatMap((child) => adapt(child as ElementContent, replacements))
}

function adapt(node: ElementContent, replacements: Replacements): ElementContent[] {
  if (node.type !== 'element') return node.type === 'text' ? [node] : []
  const { tagName, properties } = node
  if (tagName === 'img') return [adaptImage(node, replacements)]
  if (properties.dataFormula !== undefined) {
    return [replacements.formula(Number(properties.dataFormula)) ?? element('span', {})]
  }
  if (tagName === 'pre') return [adaptCode(node)]
  const children = node.children.flatMap((child) => adapt(child, replacements))
  if (/^h[1-6]$/.test(tagName)) return [adaptHeading(node, children)]
  if (tagName === 'a') return [{ ...node, properties: adaptLink(node), children }]
  // The empty corner of a table heads nothing.
  const isCorner = tagName === 'th' && textContent(node).trim() === ''
  const adapted = { ...node, children, tagName: isCorner ? 'td' : tagName }
  return tagName === 'table' ? [element('div', { className: ['wide'], tabIndex: 0 }, adapted)] : [adapted]
}

/** One level down: the page has a heading of its own. The id is what Jupyter makes of it, for links to it. */
function adaptHeading(node: Element, children: ElementContent[]): ElementContent {
  const level = Math.min(6, Number(node.tagName[1]) + 1)
  const id = node.properties.id ?? idPrefix + textContent(node).trim().slice(0, 200).replaceAll(' ', '-')
  return { ...node, tagName: `h${level}`, properties: { ...node.properties, id }, children }
}

/** To another site in a tab of its own, to another place of the notebook; all else would lead nowhere from here. */
function adaptLink({ properties }: Element): Element['properties'] {
  const { href, ...others } = properties
  const target = String(href ?? '')
  if (/^#./.test(target)) return { ...others, href: `#${idPrefix}${target.slice(1)}` }
  if (!/^(https?|mailto):/i.test(target)) return others
  return { ...others, href: target, target: '_blank', rel: ['noopener', 'noreferrer'] }
}

function adaptImage({ properties }: Element, replacements: Replacements): ElementContent {
  const { src, alt, width, height } = properties
  const shown = { alt: String(alt ?? ''), width: lengthOf(width), height: lengthOf(height) }
  return replacements.image(String(src ?? ''), shown)
}

/** Whole pixels; what is larger than any screen means nothing. */
export function lengthOf(value: unknown): number | undefined {
  const length = typeof value === 'string' ? Number(value) : value
  return typeof length === 'number' && Number.isInteger(length) && length > 0 && length <= 8192
    ? length
    : undefined
}

function adaptCode(node: Element): ElementContent {
  const [code] = node.children
  const isCode = code?.type === 'element' && code.tagName === 'code' && node.children.length === 1
  if (!isCode) return element('pre', { className: ['text'], tabIndex: 0 }, textContent(node))
  const [named] = [code.properties.className].flat()
  const languages = typeof named === 'string' ? [named.slice('language-'.length)] : []
  return codeBlock(textContent(code).replace(/\n$/, ''), languages)
}
