#!/usr/bin/env node
import { createHash, randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { checkFolder } from './catalogue/check.ts'
import { count, writeJson, writeText } from './catalogue/report.ts'
import { readInput, readInputText, withReason, writeOutput } from './command-files.ts'
import { Fault } from './fault.ts'
import { makeCell } from './notebook/cell.ts'
import { compileTemplate } from './notebook/compile.ts'
import { placeNotebook } from './notebook/file-name.ts'
import { type Parameters, readParameters } from './notebook/parameters.ts'
import { renderNotebook } from './notebook/render.ts'
import { TemplateFault } from './notebook/template-fault.ts'
import { packageVersion } from './package-version.ts'
import { detailsOf, sentenceOf } from './web/problem.ts'
import { pickTexts } from './web/texts/index.ts'

const usage = `Usage:
  notebook-templates [serve]
  notebook-templates render TEMPLATE [--params FILE|-] [--output FILE|-]
  notebook-templates check DIR [--kernels NAME,NAME] [--strict] [--json]
`

/** @returns the exit code: 0 done, 1 a fault in what was given, 2 wrong usage */
async function main(args: readonly string[]): Promise<number> {
  const [command = 'serve', ...rest] = args
  if (command === 'serve' && rest.length === 0) {
    await import('./main.ts')
    return 0
  }
  if (command === 'render') return render(rest)
  if (command === 'check') return check(rest)
  const asked = command === '--help' || command === 'help'
  ;(asked ? process.stdout : process.stderr).write(usage)
  return asked ? 0 : 2
}

/**
 * Makes one notebook without a hub: what a button would have made, for an author who tries a template. Its file has the name
 * that the author gives it, so a `{name}` that nothing fills is no fault here; that a button would be refused is said.
 */
async function render(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { params: { type: 'string' }, output: { type: 'string' } },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new TypeError('render takes one template')
  const bytes = await readInput(file)
  const sent = values.params === undefined ? '{}' : await readInputText(values.params)
  const compiled = compileTemplate(bytes)
  const parameters = readParameters(sent)
  const { pieces } = renderNotebook(compiled, makeCell(parameters, compiled, ['en']), {
    request: randomBytes(16).toString('base64url'),
    template: basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    version: packageVersion(),
    time: new Date().toISOString(),
    sender: null,
    parameters: sent,
  })
  const notebook = Buffer.concat(
    pieces.map((piece) => (piece instanceof Uint8Array ? piece : bytes.subarray(piece.from, piece.to))),
  )
  await writeOutput(values.output ?? '-', notebook)
  warnOfName(basename(file), parameters)
  return 0
}

function warnOfName(template: string, parameters: Parameters): void {
  try {
    placeNotebook({ template, parameters, languages: ['en'], target: '.' })
  } catch (error) {
    process.stderr.write(`notebook-templates: a button would be refused: ${explain(error)}\n`)
  }
}

/** What is wrong with a folder of templates; with `--strict` warnings count as faults do. */
async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { kernels: { type: 'string' }, strict: { type: 'boolean' }, json: { type: 'boolean' } },
  })
  const [dir, ...more] = positionals
  if (dir === undefined || more.length > 0) throw new TypeError('check takes one folder')
  const kernels = values.kernels?.split(/[\s,]+/).filter((name) => name !== '')
  const checked = await withReason(dir, checkFolder(dir, kernels && new Set(kernels)))
  process.stdout.write(values.json ? writeJson(checked) : writeText(checked))
  const { faults, warnings } = count(checked.findings)
  return faults > 0 || (values.strict && warnings > 0) ? 1 : 0
}

/** What a person can do something about, in a sentence; the rest as it is. */
function explain(error: unknown): string {
  if (error instanceof Fault) {
    const texts = pickTexts('en')
    return [sentenceOf(error, texts), ...detailsOf(error, texts)].join('\n  ')
  }
  if (error instanceof TemplateFault) return error.message
  return error instanceof Error ? error.message : String(error)
}

// Who reads only the first lines of it has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`notebook-templates: ${explain(error)}\n`)
    if (error instanceof TypeError) process.stderr.write(usage)
    process.exitCode = error instanceof TypeError ? 2 : 1
  },
)
