import { deflateSync } from 'node:zlib'
import { fromHtml } from 'hast-util-from-html'
import { compileTemplate } from '../../service/notebook/index.ts'
import type { Notes } from '../../service/preview/notes.ts'
import type { NotebookToShow } from '../../service/preview/part.ts'
import { renderCell } from '../../service/preview/render-cell.ts'
import type { CellToShow, ShownCell } from '../../service/preview/shown-cell.ts'
import { en } from '../../service/web/texts/en.ts'

export const notes: Notes = { ...en.preview.notes, language: 'en' }

export const markdown = (source: string | string[], more: object = {}) => ({
  cell_type: 'markdown',
  metadata: {},
  source,
  ...more,
})
export const code = (source: string | string[], outputs: readonly unknown[] = [], tags: string[] = []) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: { tags },
  outputs,
  source,
})
export const display = (data: object, metadata: object = {}) => ({
  output_type: 'display_data',
  data,
  metadata,
})
export const stream = (text: string | string[], name = 'stdout') => ({ output_type: 'stream', name, text })

export function notebookOf(cells: readonly object[], language = 'python'): string {
  const metadata = { kernelspec: { display_name: language, language, name: `${language}-kernel` } }
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1)
}

/** A cell as it is shown. */
export function show(cell: unknown, asked: Partial<CellToShow> = {}): ShownCell {
  const all = { number: 1, fresh: false, languages: ['python'], notes, ...asked }
  return renderCell(Buffer.from(JSON.stringify(cell)), all)
}

/** A notebook in memory, as a template is shown. */
export function inMemory(notebook: string | Buffer): NotebookToShow {
  const bytes = Buffer.from(notebook)
  const template = compileTemplate(bytes)
  const { start, end } = template.places
  return {
    template,
    pieces: [{ from: start, to: end }],
    read: async ({ from, to }) => new Uint8Array(bytes.subarray(start + from, start + to)),
  }
}

/** A PNG of one colour; its pixels cost nothing however many they are. */
export function png(width: number, height: number): string {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * Math.min(height, 1000)))
  const chunks = [chunk('IHDR', size), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]).toString('base64')
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

/** PNG's CRC-32 (RFC 2083, section 15). */
function crc(bytes: Buffer): number {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return ~sum >>> 0
}

interface Tree {
  readonly type: string
  readonly tagName?: string
  readonly value?: string
  readonly properties?: Record<string, unknown>
  readonly children?: readonly Tree[]
}

/** The elements of HTML as a browser reads it, in order. */
export function elementsOf(html: string): Tree[] {
  const collect = (node: Tree): Tree[] => [node, ...(node.children ?? []).flatMap(collect)]
  return collect(fromHtml(html, { fragment: true }) as Tree).filter(({ type }) => type === 'element')
}

/** What a reader sees of it. */
export function textOf(html: string): string {
  const collect = (node: Tree): string => node.value ?? (node.children ?? []).map(collect).join('')
  return collect(fromHtml(html, { fragment: true }) as Tree)
}

const ours = /^(cell-\d+|new-cell|n-.*)$/s
const harmlessTags = new Set(
  (
    'a abbr article b bdi big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em ' +
    'figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike ' +
    'strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr ' +
    // KaTeX
    'math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msup msub msubsup mover munder munderover ' +
    'mtable mtr mtd mstyle mpadded mphantom menclose merror svg path line'
  ).split(' '),
)

/**
 * Everything in HTML that could do more than be read, as a browser would find it: this knows nothing of how it was made.
 */
export function harmsOf(html: string): string[] {
  return elementsOf(html).flatMap(({ tagName = '', properties = {} }) => {
    const harms = harmlessTags.has(tagName) ? [] : [`<${tagName}>`]
    for (const [name, value] of Object.entries(properties)) {
      const text = String(value)
      const harmful =
        /^on/i.test(name) ||
        [
          'style',
          'srcSet',
          'srcDoc',
          'action',
          'formAction',
          'background',
          'ping',
          'xLinkHref',
          'data',
        ].includes(name) ||
        (name === 'href' && !/^(https?:\/\/|mailto:|#n-)/.test(text)) ||
        (name === 'src' &&
          !/^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$/.test(text)) ||
        (name === 'id' && !ours.test(text)) ||
        (name === 'target' && !isSafeTab(text, properties))
      if (harmful) harms.push(`<${tagName} ${name}="${text.slice(0, 80)}">`)
    }
    return harms
  })
}

function isSafeTab(target: string, { rel }: Record<string, unknown>): boolean {
  return target === '_blank' && ['noopener', 'noreferrer'].every((word) => [rel].flat().includes(word))
}
