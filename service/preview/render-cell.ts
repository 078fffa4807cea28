import { codeBlock } from './html/code.ts'
import { createFormulas } from './html/formulas.ts'
import { showMarkdown, type TextContext } from './html/markdown.ts'
import { type ElementContent, element, writeHtml } from './html/tree.ts'
import { createImages } from './images.ts'
import { limits } from './limits.ts'
import { cutText, showOutputs } from './outputs.ts'
import { type ReadCell, readShownCell } from './read-cell.ts'
import { type CellToShow, frameCell, renderNote, type ShownCell } from './shown-cell.ts'
import { weighJson } from './weigh.ts'

/**
 * A cell as HTML that can do nothing but be read.
 *
 * @param json the bytes of the cell in the notebook
 */
export function renderCell(json: Uint8Array, asked: CellToShow): ShownCell {
  if (weighJson(json) > limits.cellMemory) return renderNote('cellTooMuch', {}, asked)
  try {
    return show(readShownCell(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString()), asked)
  } catch {
    // Nested deeper than any reader of ours goes: one cell must not take the others with it.
    return renderNote('cellBroken', {}, asked)
  }
}

function show(cell: ReadCell, asked: CellToShow): ShownCell {
  const formulas = createFormulas()
  const images = createImages(cell.attachments, asked.notes)
  const context: TextContext = { notes: asked.notes, formulas, images, shown: { characters: 0 } }
  const html = writeHtml([frameCell(cell.kind, content(cell, asked, context), asked)])
  return { html, rules: formulas.rules(), hasFormulas: formulas.count() > 0 }
}

function content(cell: ReadCell, { languages }: CellToShow, context: TextContext): ElementContent[] {
  const { source } = cell
  if (cell.kind === 'markdown') {
    return cutText(source, limits.source, context, (kept) => showMarkdown(kept, context))
  }
  const code = cutText(source, limits.source, context, (kept) => [
    codeBlock(kept, cell.kind === 'code' ? languages : []),
  ])
  const outputs = showOutputs(cell.outputs, context)
  return outputs.length === 0 ? code : [...code, element('div', { className: ['outputs'] }, ...outputs)]
}
