import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CompiledTemplate,
  compileTemplate,
  makeCell,
  readParameters,
  renderNotebook,
} from '../../service/notebook/index.ts'

import { type BenchTemplate, sentParameters } from './templates.ts'

/** A template as the service keeps it: scanned once, its bytes left in the file. */
export interface Compiled {
  readonly path: string
  readonly file: string
  readonly compiled: CompiledTemplate
}

export async function compile(folder: string, { path }: BenchTemplate): Promise<Compiled> {
  const file = join(folder, path)
  return { path, file, compiled: compileTemplate(await readFile(file)) }
}

/** Everything between the parameters' text and the pieces of the finished notebook. */
export function makePieces({ path, compiled }: Compiled): ReturnType<typeof renderNotebook> {
  const cell = makeCell(readParameters(sentParameters), compiled, ['en'])
  return renderNotebook(compiled, cell, {
    request: 'a3pCqWmYxk2v0rT8uFhL5w',
    template: path,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    version: '0.1.0',
    time: '2024-05-06T07:08:09.000Z',
    sender: 'http://localhost:8090',
    source: null,
    parameters: sentParameters,
  })
}
