import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import {
  compileTemplate,
  makeCell,
  type Parameters,
  readParameters,
  renderNotebook,
  writeParameters,
} from '../../service/notebook/index.ts'
import { inProject } from '../support/paths.ts'

export const templatesFolder = inProject('templates')

/** What a button of the real SampleDB sent (tests/fixtures/sampledb_posts.json). */
export interface Post {
  readonly object: string
  readonly title: string
  readonly params_text: string
}

/** Paths of all notebooks below templates/, with `/`. */
export async function listTemplates(): Promise<readonly string[]> {
  const names = await readdir(templatesFolder, { recursive: true })
  return names.filter((name) => name.endsWith('.ipynb')).sort()
}

export async function readPosts(): Promise<readonly Post[]> {
  const text = await readFile(inProject('tests/fixtures/sampledb_posts.json'), 'utf8')
  return (JSON.parse(text) as { requests: Post[] }).requests
}

/** The finished notebook's bytes, made by the real core as a button of SampleDB would have it made. */
export async function render(template: string, paramsText: string, languages = ['en']): Promise<Buffer> {
  const bytes = await readFile(join(templatesFolder, template))
  const compiled = compileTemplate(bytes)
  const parameters: Parameters = readParameters(paramsText)
  const rendered = renderNotebook(compiled, makeCell(parameters, compiled, languages), {
    request: 'a-request',
    template,
    sha256: '0'.repeat(64),
    version: '0.1.0',
    time: '2024-05-06T07:08:09Z',
    sender: 'http://localhost:8090',
    source: null,
    parameters: writeParameters(parameters),
  })
  const parts = rendered.pieces.map((piece) =>
    piece instanceof Uint8Array ? piece : bytes.subarray(piece.from, piece.to),
  )
  return Buffer.concat(parts)
}

/** Runs a program to its end, with `input` on its stdin. Never rejects: a program that is missing has code -1. */
export function run(command: string, args: readonly string[], options: { cwd: string; input?: string }) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', (error) => resolve({ code: -1, stdout, stderr: error.message }))
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
    child.stdin.on('error', () => {}) // a program that ended early: its exit code tells
    child.stdin.end(options.input ?? '')
  })
}

/** Whether a program is to be found on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
