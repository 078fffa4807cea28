import type { CompiledTemplate } from '../../../notebook/index.ts'
import { placeOfNew } from '../../../preview/finished-cells.ts'
import { limits } from '../../../preview/limits.ts'
import { freshId } from '../../../preview/shown-cell.ts'

/**
 * Where the preview of a notebook begins so that its new cell is in sight: at its beginning and scrolled to that cell, or
 * with the part that it is in.
 *
 * @param path of the preview
 */
export function freshHref(path: string, template: Pick<CompiledTemplate, 'cellBounds' | 'places'>): string {
  const { index, bytes } = placeOfNew(template)
  const { firstPart } = limits
  // The cell before it comes too: what is read above it says what the values are.
  const from = index < firstPart.cells && bytes < firstPart.bytes ? '' : `?from=${index}`
  return `${path}${from}#${freshId}`
}
