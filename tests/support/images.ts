/** Small images of each kind, and a notebook that shows some. */
import { png } from '../preview/support.ts'

export const svg = (inner = '<rect width="320" height="160" fill="#2a5a8c"/>') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160" viewBox="0 0 320 160">${inner}</svg>`

const jpegFrame = [0xff, 0xc0, 0, 11, 8, 0, 4, 0, 6, 1, 1, 0x11, 0]

/** Base64 of a file of each kind: 6 by 4 pixels, but for the SVG. Their first bytes are true, the rest is enough. */
export const images: Readonly<Record<string, string>> = {
  'image/png': png(6, 4),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, ...jpegFrame, 0xff, 0xd9]).toString('base64'),
  'image/gif': 'R0lGODlhBgAEAPAAAAAAAP///ywAAAAABgAEAAACBISPCQUAOw==',
  'image/webp': 'UklGRhoAAABXRUJQVlA4TA0AAAAvBcAAEAcQERGIiP4HAA==',
  'image/svg+xml': Buffer.from(svg()).toString('base64'),
}

/** @param outputs of each cell: bundles of MIME type → value */
export function notebookShowing(outputs: readonly (readonly object[])[], own?: object): string {
  const cells = outputs.map((bundles, index) => ({
    cell_type: 'code',
    execution_count: 1,
    id: `cell-${index}`,
    metadata: {},
    outputs: bundles.map((data) => ({ output_type: 'display_data', data, metadata: {} })),
    source: [`show("image/png", ${index})`],
  }))
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    ...(own && { notebook_templates: own }),
  }
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)
}
