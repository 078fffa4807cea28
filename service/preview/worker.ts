/** The thread in which cells are rendered (renderer.ts): it is told cell after cell, and answers each. */
import { parentPort } from 'node:worker_threads'
import { renderCell } from './render-cell.ts'
import type { CellToShow } from './shown-cell.ts'

export interface Job {
  readonly json: Uint8Array<ArrayBuffer>
  readonly asked: CellToShow
}

parentPort?.on('message', ({ json, asked }: Job) => {
  parentPort?.postMessage(renderCell(json, asked))
})
parentPort?.postMessage('ready')
