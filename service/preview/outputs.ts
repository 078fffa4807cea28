import { type ImageType, imageTypes, isImageType } from '../images/types.ts'
import { lengthOf } from './html/adapt-html.ts'
import { terminal } from './html/ansi.ts'
import { showHtml, showLatex, showMarkdown, type TextContext } from './html/markdown.ts'
import { type ElementContent, element } from './html/tree.ts'
import { limits } from './limits.ts'
import { note, sizeText } from './notes.ts'
import { type Bundle, multiline, type Output } from './read-cell.ts'

/** What Jupyter would show first comes first. */
const preferred = [
  'text/html',
  'text/markdown',
  'text/latex',
  ...imageTypes,
  'application/json',
  'text/plain',
]
/** Need a script, or a program that runs. */
const interactive =
  /^(application\/(javascript|vnd\.(jupyter\.widget-view|plotly|bokehjs|vega).*)|text\/javascript)/

/** The outputs of a cell; those beyond the limits are counted only. */
export function showOutputs(outputs: readonly Output[], context: TextContext): ElementContent[] {
  const { most, characters } = limits.outputs
  const before = context.shown.characters
  const parts: ElementContent[] = []
  let count = 0
  while (count < Math.min(most, outputs.length) && context.shown.characters - before < characters) {
    const output = outputs[count++]!
    const shown = showOutput(output, context)
    if (shown.length > 0) parts.push(element('div', { className: ['output', ...marks(output)] }, ...shown))
  }
  const more = outputs.length - count
  if (more > 0) parts.push(note(context.notes, 'moreOutputs', { count: String(more) }))
  return parts
}

function marks(output: Output): string[] {
  return output.kind === 'fault' || (output.kind === 'stream' && output.error) ? ['error'] : []
}

function showOutput(output: Output, context: TextContext): ElementContent[] {
  switch (output.kind) {
    case 'stream':
      return showText(output.text, context)
    case 'fault':
      return showText(output.traceback || `${output.name}: ${output.value}`, context)
    default:
      return showBundle(output.data, output.about, context)
  }
}

/** The best of what it offers that can be shown here; else a word about it. */
function showBundle(data: Bundle, about: Bundle, context: TextContext): ElementContent[] {
  const moving = [...data.keys()].find((type) => interactive.test(type))
  for (const type of preferred) {
    if (!data.has(type)) continue
    // What a program says where it cannot draw, such as `<Figure size 640x480>`, tells less than the note.
    if (type === 'text/plain' && moving !== undefined) break
    const parts = showOne(type, data.get(type), about.get(type), context)
    if (parts.length > 0) return parts
  }
  if (moving !== undefined || data.has('text/html')) return [note(context.notes, 'interactive')]
  const other = [...data.keys()].find((type) => type !== 'text/plain')
  return other === undefined ? [] : [note(context.notes, 'otherOutput', { type: other.slice(0, 100) })]
}

function showOne(type: string, value: unknown, about: unknown, context: TextContext): ElementContent[] {
  if (isImageType(type)) return [showImage(type, value, about, context)]
  if (type === 'application/json') return showText(JSON.stringify(value, null, 2) ?? '', context)
  const text = multiline(value)
  switch (type) {
    case 'text/html':
      return visible(cutText(text, limits.html, context, (kept) => showHtml(kept, context)))
    case 'text/markdown':
      return cutText(text, limits.source, context, (kept) => showMarkdown(kept, context))
    case 'text/latex':
      return cutText(text, limits.source, context, (kept) => showLatex(kept, context))
    default:
      return showText(text, context)
  }
}

function showImage(
  type: ImageType,
  value: unknown,
  about: unknown,
  { notes, images }: TextContext,
): ElementContent {
  const size = new Map(typeof about === 'object' && about !== null ? Object.entries(about) : [])
  const [width, height] = [lengthOf(size.get('width')), lengthOf(size.get('height'))]
  return images.held(type, value, { alt: notes.outputImage, width, height })
}

function showText(text: string, context: TextContext): ElementContent[] {
  if (text === '') return []
  return cutText(text, limits.text, context, (kept) => [terminal(kept)])
}

/** Nothing, when all that it did was done by what was left out. */
function visible(parts: ElementContent[]): ElementContent[] {
  const isThere = (node: ElementContent): boolean =>
    node.type === 'raw' ||
    (node.type === 'element' && (node.tagName === 'img' || node.children.some(isThere))) ||
    (node.type === 'text' && node.value.trim() !== '')
  return parts.some(isThere) ? parts : []
}

/** At most so many characters of a text, and a note of its size when there are more. */
export function cutText(
  text: string,
  limit: number,
  { notes, shown }: Pick<TextContext, 'notes' | 'shown'>,
  show: (kept: string) => ElementContent[],
): ElementContent[] {
  shown.characters += Math.min(text.length, limit)
  if (text.length <= limit) return show(text)
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1]!) ? limit - 1 : limit
  const size = sizeText(Buffer.byteLength(text), notes.language)
  return [...show(text.slice(0, end)), note(notes, 'cut', { size })]
}
