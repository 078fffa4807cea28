/** Runs every template of a folder with its example values, for `check --execute`. The service never does that. */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { checkRules, eachTemplate, type FileFinding } from '../catalogue/check/check.ts'
import { readFilesBeside } from '../catalogue/files-beside.ts'
import { scanFolder } from '../catalogue/scan/scan.ts'
import { joinPieces } from '../catalogue/template-pieces.ts'
import { Fault } from '../fault.ts'
import {
  type CompiledTemplate,
  type Finding,
  fieldsOf,
  makeCell,
  type Parameters,
  renderNotebook,
  type SecretNames,
  secretsOf,
  TemplateFault,
  writeParameters,
} from '../notebook/index.ts'
import { endProcessesOf } from './end-processes.ts'
import { checkPython, type Outcome, runNotebook } from './run-notebook.ts'
import { triedEnvironment } from './tried-environment.ts'

/** What may be found. */
export const executionCodes = {
  'example-values': 'fault',
  'cell-fails': 'fault',
  'takes-too-long': 'fault',
  'kernel-died': 'fault',
  'kernel-not-installed': 'fault',
  'kernel-not-started': 'fault',
} as const

export interface ExecuteOptions {
  /** A program, or its absolute path. */
  readonly python: string
  /** For each template. */
  readonly timeout_s: number
  readonly secrets: SecretNames
  /** Breaks off what runs, and nothing more is begun. */
  readonly signal: AbortSignal
  /** A sentence of why its example values are refused. */
  explain(fault: Fault): string
}

/**
 * Each in a new folder and home, one after the other. Those that cannot be used are left to `checkFolder`.
 *
 * @throws Error when there is no such Python, or it has no nbclient; when the folder cannot be read
 */
export async function executeFolder(dir: string, options: ExecuteOptions): Promise<FileFinding[]> {
  const folder = await realpath(dir)
  const { paths } = await scanFolder(folder)
  await checkPython(options.python, triedEnvironment(process.env, process.env.HOME ?? folder))
  const findings: FileFinding[] = []
  const { rules } = await checkRules(folder)
  for await (const { path, loaded } of eachTemplate(folder, paths, rules)) {
    if (loaded.fault) continue
    const found = await executeOne(folder, path, loaded.file.bytes, loaded.compiled, options)
    findings.push(...found.map((finding) => ({ file: path, ...finding })))
  }
  return findings
}

async function executeOne(
  folder: string,
  path: string,
  bytes: Uint8Array,
  compiled: CompiledTemplate,
  options: ExecuteOptions,
): Promise<Finding[]> {
  const findings: Finding[] = []
  let notebook: Uint8Array = bytes
  try {
    notebook = withExampleValues(path, bytes, compiled, options.secrets)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    findings.push({
      code: 'example-values',
      severity: 'fault',
      message: `its example values are refused: ${options.explain(error)}`,
      remedy: 'Correct the values in the parameters cell, the defaults of the schema, or the schema itself.',
    })
  }
  // As the kernels see it, who resolve links.
  const home = await realpath(await mkdtemp(join(tmpdir(), 'notebook-templates-run-')))
  try {
    const cwd = join(home, 'notebooks')
    let areThere = true
    await mkdir(cwd)
    const file = join(home, 'notebook.ipynb')
    await writeFile(file, notebook)
    await readFilesBeside(folder, { path, compiled }, async (file) => {
      await mkdir(dirname(join(cwd, file.path)), { recursive: true })
      await writeFile(join(cwd, file.path), file.bytes)
    }).catch((error) => {
      // `checkFolder` tells what is wrong with them; without them it would only fail.
      if (!(error instanceof TemplateFault)) throw error
      areThere = false
    })
    if (!areThere) return findings
    const env = triedEnvironment(process.env, home)
    const outcome = await runNotebook({ ...options, notebook: file, cwd, env })
    const found = findingOf(outcome, compiled, options)
    return found === undefined ? findings : [...findings, found]
  } finally {
    await endProcessesOf(home)
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** As the form of the template offers them: what a button sends that sends nothing else. */
function withExampleValues(
  path: string,
  bytes: Uint8Array,
  compiled: CompiledTemplate,
  secrets: SecretNames,
): Buffer {
  const isSecret = secretsOf(compiled, secrets)
  const parameters: Parameters = fieldsOf(compiled).flatMap(({ name, value }) =>
    value === undefined || isSecret(name) ? [] : [[name, value] as const],
  )
  const { pieces } = renderNotebook(compiled, makeCell(parameters, compiled, ['en'], []), {
    request: randomBytes(16).toString('base64url'),
    template: basename(path),
    sha256: '0'.repeat(64),
    version: '0.0.0',
    time: new Date().toISOString(),
    sender: null,
    source: null,
    parameters: writeParameters(parameters),
  })
  return joinPieces(bytes, pieces)
}

function findingOf(
  { outcome, cell, line, error, message, injected, cells }: Outcome,
  { kernel, cellBounds }: CompiledTemplate,
  { python, timeout_s }: ExecuteOptions,
): Finding | undefined {
  // A new cell is none of the template's, unless it has replaced one.
  const added = cells === null ? 0 : cells - cellBounds.length / 2
  const isNew = added > 0 && cell === injected
  const where = isNew ? 'the new cell with its example values' : 'the cell'
  const place =
    cell === null || isNew
      ? {}
      : { cell: injected !== null && cell > injected ? cell - added : cell, ...(line !== null && { line }) }
  const fault = (code: keyof typeof executionCodes, said: string, remedy: string): Finding => ({
    code,
    severity: executionCodes[code],
    ...place,
    message: said,
    remedy,
  })
  const what = [error, message].filter(Boolean).join(': ')
  switch (outcome) {
    case 'done':
      return undefined
    case 'error':
      return fault(
        'cell-fails',
        `${where} fails: ${what}`,
        'Correct it: with its example values a template runs.',
      )
    case 'too-long':
      return fault(
        'takes-too-long',
        `it was not finished after ${timeout_s} seconds`,
        'Make it quicker with its example values, or give it longer by --timeout.',
      )
    case 'died':
      return fault(
        'kernel-died',
        `its kernel ended in ${where}`,
        'See what the cell does to its own process or memory.',
      )
    case 'no-kernel':
      return fault(
        'kernel-not-installed',
        `its kernel ${JSON.stringify(kernel)} is not installed where ${python} looks for kernels`,
        'Install the kernel, or name a Python beside which it is installed by --python.',
      )
    case 'not-started':
      return fault(
        'kernel-not-started',
        `its kernel did not start: ${what}`,
        'See that the kernel starts in Jupyter.',
      )
  }
}
