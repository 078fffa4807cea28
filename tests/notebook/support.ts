import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readParameters } from '../../service/notebook/parameters/read.ts'
import { type Cell, makeCell } from '../../service/notebook/render/cell.ts'
import {
  type MadeFrom,
  type Piece,
  type Rendered,
  renderNotebook,
} from '../../service/notebook/render/pieces.ts'
import { type CompiledTemplate, compileTemplate } from '../../service/notebook/template/compile.ts'
import { inProject } from '../support/paths.ts'

/** A notebook of one language as an object, with a `parameters` cell when a source is given. */
export function notebookOf(language: string, parametersSource?: string, own?: object) {
  const cells = [
    { cell_type: 'markdown', id: 'first', metadata: {}, source: ['# Title\n', '\n', 'About it.'] },
  ] as object[]
  if (parametersSource !== undefined) {
    cells.push({
      cell_type: 'code',
      execution_count: null,
      id: 'second',
      metadata: { tags: ['parameters'] },
      outputs: [],
      source: parametersSource,
    })
  }
  return {
    cells,
    metadata: {
      kernelspec: { display_name: language, language, name: `${language}-kernel` },
      ...(own && { notebook_templates: own }),
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
}

export function templateOf(language: string, parametersSource?: string, own?: object): CompiledTemplate {
  return compileTemplate(Buffer.from(JSON.stringify(notebookOf(language, parametersSource, own), null, 1)))
}

/** The cell for parameters given as JSON text. */
export function cellOf(language: string, params: string, parametersSource?: string, own?: object): Cell {
  return makeCell(readParameters(params), templateOf(language, parametersSource, own), ['en'])
}

/** The notebook that a template's file becomes with parameters given as JSON text. */
export function fillNotebook(file: Uint8Array, params: string): Buffer {
  const template = compileTemplate(file)
  const cell = makeCell(readParameters(params), template, ['en'])
  return assemble(renderNotebook(template, cell, { ...madeFrom, parameters: params }), file)
}

/** The bytes that pieces stand for. */
export function assemble({ pieces }: Rendered, file: Uint8Array): Buffer {
  const bytes = (piece: Piece) => (piece instanceof Uint8Array ? piece : file.subarray(piece.from, piece.to))
  return Buffer.concat(pieces.map(bytes))
}

/** What would end a comment, go on to the next line or run, in one language or another. */
export const hostileSource = {
  name: `coding: utf-7 */ ]] --> #> %} ?> =# *) "' \\ \\u000a \n\r\u2028\u0085 !! $(exit 1) \`exit\` ??/ é 🧪 \ud800 \0`,
  address: "https://a.example/*/'!ls/--]]/coding:utf-7/{object_id}??/\\",
  time: '2026-11-28T23:59:59.000Z',
}

export const madeFrom: MadeFrom = {
  request: 'r1',
  template: 'some_instrument/Größe.ipynb',
  sha256: 'ab'.repeat(32),
  version: '0.1.0',
  time: '2026-01-02T03:04:05.000Z',
  sender: null,
  source: null,
  parameters: '{"a":NaN}',
}

export interface Post {
  readonly object: string
  readonly title: string
  readonly template_url: string
  readonly params_text: string
}

/** What 27 buttons of a real SampleDB sent. */
export function posts(): readonly Post[] {
  return JSON.parse(readFileSync(inProject('tests/fixtures/sampledb_posts.json'), 'utf8')).requests
}

/** Runs a program with a text as its input; what it printed. Fails loudly with its standard error. */
export function run(
  command: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...environment },
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-2000)}`)
  return stdout
}

/** The same numbers at every run: a linear congruential generator (Numerical Recipes), 0 ≤ x < below. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What a function throws. */
export function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** A label for a case: TAP takes other line ends than the usual ones for line ends too. */
export function label(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The first lines that are not the same, or `undefined`: what compares many lines must be quick. */
export function firstDifference(got: readonly string[], wanted: readonly string[]): string | undefined {
  for (let index = 0; index < Math.max(got.length, wanted.length); index++) {
    if (got[index] !== wanted[index])
      return label(`line ${index}: ${got[index]}, wanted ${wanted[index]}`.slice(0, 1000))
  }
  return undefined
}
