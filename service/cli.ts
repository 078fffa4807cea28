#!/usr/bin/env node
import { createHash, randomBytes } from 'node:crypto'
import { basename, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { byPath } from './catalogue/by-path.ts'
import { type Checked, checkFolder, type FileFinding } from './catalogue/check/check.ts'
import { count, reports } from './catalogue/check/report.ts'
import { joinPieces } from './catalogue/template-pieces.ts'
import { readInput, readInputText, withReason, writeOutput } from './command-files.ts'
import { Fault } from './fault.ts'
import {
  type CompiledTemplate,
  checkSecrets,
  compileTemplate,
  makeCell,
  type Notices,
  noticesIn,
  placeNotebook,
  readParameters,
  renderNotebook,
  secretNames,
  TemplateFault,
  type Withheld,
  withholdSecrets,
  writeParameters,
} from './notebook/index.ts'
import { packageVersion } from './package-version.ts'
import { detailsOf, sentenceOf } from './web/pages/problem/problem.ts'
import { fill, pickTexts } from './web/texts/index.ts'
import { legibleName } from './web/values/display-json.ts'

const usages = {
  serve: `  notebook-templates [serve]
      Serves the templates: as a service of JupyterHub, or alone. Settings are environment variables.
`,
  render: `  notebook-templates render TEMPLATE [--params FILE|-] [--output FILE|-] [--json]
      Makes one notebook from a template. --params is a file of JSON; - is standard input, or standard output.
      --json: what the values meet in the template is written to standard output, as JSON; it requires an output file.
`,
  check: `  notebook-templates check DIR [--kernels NAME,NAME] [--strict] [--format text|json|github]
      Says what is wrong with a folder of templates. --strict: a warning counts as a fault. --json is --format json.
  notebook-templates check DIR --execute [--python PATH] [--timeout S] [--as-root] …
      Runs each template with its example values as well, by nbclient of a Python (python3), at most S seconds (120).
`,
} as const

const usageOf = (...commands: readonly (keyof typeof usages)[]) =>
  `Usage:\n${commands.map((command) => usages[command]).join('')}`

/** As the service has it, so that both make the same notebook. */
const secrets = secretNames(
  process.env.NOTEBOOK_TEMPLATES_SECRET_NAMES?.split(/[\s,]+/).filter((name) => name !== ''),
)

/** @returns the exit code: 0 done, 1 a fault in what was given, 2 wrong usage */
async function main(args: readonly string[]): Promise<number> {
  const [command = 'serve', ...rest] = args
  if (command === '--version' || command === '-V') {
    process.stdout.write(`${packageVersion()}\n`)
    return 0
  }
  if (Object.hasOwn(usages, command) && rest.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(usageOf(command as keyof typeof usages))
    return 0
  }
  if (command === 'serve' && rest.length === 0) {
    await import('./main.ts')
    return 0
  }
  if (command === 'render') return render(rest)
  if (command === 'check') return check(rest)
  const asked = ['--help', '-h', 'help'].includes(command)
  ;(asked ? process.stdout : process.stderr).write(
    `${usageOf('serve', 'render', 'check')}  notebook-templates --version\n`,
  )
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
    options: { params: { type: 'string' }, output: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new TypeError('render requires one template')
  const output = values.output ?? '-'
  if (values.json && output === '-') throw new TypeError('render --json requires a file as --output')
  const bytes = await readInput(file)
  const sent = values.params === undefined ? '{}' : await readInputText(values.params)
  const compiled = compileTemplate(bytes)
  const all = readParameters(sent)
  const { parameters, withheld } = withholdSecrets(all, compiled, secrets)
  checkSecrets(all, compiled, ['en'], withheld)
  const cell = makeCell(parameters, compiled, ['en'], withheld)
  const { pieces } = renderNotebook(compiled, cell, {
    request: randomBytes(16).toString('base64url'),
    template: basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    version: packageVersion(),
    time: new Date().toISOString(),
    sender: null,
    parameters: withheld.length === 0 ? sent : writeParameters(parameters),
  })
  await writeOutput(output, joinPieces(bytes, pieces))
  for (const name of withheld) {
    process.stderr.write(`notebook-templates: ${JSON.stringify(name)} is withheld: looks like a credential\n`)
  }
  warnOfName(basename(file), { parameters, withheld }, compiled)
  const notices = noticesIn(bytes, compiled)({ path: basename(file), compiled, parameters, cell, withheld })
  warnOfValues(notices, values.params !== undefined)
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ output, notices: notices.list, more: notices.more }, null, 2)}\n`,
    )
  }
  return 0
}

/** @param wereSent false where no parameters were given: then all examples hold, as they are meant to */
function warnOfValues({ list, more }: Notices, wereSent: boolean): void {
  const { confirm } = pickTexts('en')
  const tell = (sentence: string) => process.stderr.write(`notebook-templates: ${legibleName(sentence)}\n`)
  const examples: string[] = []
  for (const notice of list) {
    const { kind, name } = notice
    if (kind === 'overwritten') {
      const { cell, line, code } = notice
      tell(`${fill(confirm.notices.overwritten, { name, cell, line })} ${code}`)
    } else if (kind === 'without-values') tell(fill(confirm.notices[kind], { name }))
    else if (kind === 'unknown') tell(fill(confirm.notices.unknown, { name, meant: notice.meant ?? '' }))
    else examples.push(notice.example === undefined ? name : `${name} = ${notice.example}`)
  }
  if (wereSent && examples.length > 0) tell(`${confirm.noticesExamples} ${examples.join(', ')}`)
  if (more > 0) tell(fill(confirm.noticesMore, { count: more }))
}

function warnOfName(template: string, sent: Withheld, { settings }: CompiledTemplate): void {
  try {
    placeNotebook({ template, ...sent, languages: ['en'], target: '.', ifUnset: settings.if_unset })
  } catch (error) {
    process.stderr.write(`notebook-templates: a button would be refused: ${explain(error)}\n`)
  }
}

/** What is wrong with a folder of templates; with `--strict` warnings count as faults do. */
async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      kernels: { type: 'string' },
      strict: { type: 'boolean' },
      format: { type: 'string' },
      json: { type: 'boolean' },
      ...executing,
    },
  })
  const [dir, ...more] = positionals
  if (dir === undefined || more.length > 0) throw new TypeError('check requires one folder')
  const format = values.format ?? (values.json ? 'json' : 'text')
  if (!isFormat(format)) throw new TypeError(`check has no format ${JSON.stringify(format)}`)
  if (values.json && format !== 'json') throw new TypeError('--json is --format json')
  const kernels = values.kernels?.split(/[\s,]+/).filter((name) => name !== '')
  const options = { kernels: kernels && new Set(kernels), secrets }
  // Whatever is wrong with the call is said before anything is looked at.
  const execute = readExecuting(values)
  const looked = await withReason(dir, checkFolder(dir, options))
  const checked = execute === undefined ? looked : withFindings(looked, await execute(dir))
  process.stdout.write(reports[format](checked, dir))
  const { faults, warnings } = count(checked.findings)
  return faults > 0 || (values.strict && warnings > 0) ? 1 : 0
}

function isFormat(name: string): name is keyof typeof reports {
  return Object.hasOwn(reports, name)
}

const executing = {
  execute: { type: 'boolean' },
  python: { type: 'string' },
  timeout: { type: 'string' },
  'as-root': { type: 'boolean' },
} as const

/** @returns what runs a folder's templates; `undefined` when that was not asked for */
function readExecuting(values: {
  readonly execute?: boolean
  readonly python?: string
  readonly timeout?: string
  readonly 'as-root'?: boolean
}): ((dir: string) => Promise<FileFinding[]>) | undefined {
  const { execute, python = 'python3', timeout = '120', 'as-root': asRoot } = values
  if (!execute) {
    const alone = ['python', 'timeout', 'as-root'].find((name) => Object.hasOwn(values, name))
    if (alone !== undefined) throw new TypeError(`--${alone} is for --execute`)
    return undefined
  }
  if (!/^[1-9][0-9]{0,4}$/.test(timeout))
    throw new TypeError('--timeout is a number of seconds, from 1 to 99999')
  if (process.getuid?.() === 0 && !asRoot)
    throw new TypeError(
      'check --execute runs the code of the templates, here as root: use another account, or say --as-root',
    )
  return async (dir) => {
    // Only who asks for it loads what runs code.
    const { executeFolder } = await import('./execution/execute.ts')
    const broken = new AbortController()
    const stop = () => broken.abort(new Error('it was broken off'))
    process.once('SIGINT', stop).once('SIGTERM', stop)
    return executeFolder(dir, {
      python: python.includes(sep) ? resolve(python) : python,
      timeout_s: Number(timeout),
      secrets,
      signal: broken.signal,
      explain,
    })
  }
}

function withFindings({ templates, findings }: Checked, more: readonly FileFinding[]): Checked {
  const all = [...findings, ...more].sort((a, b) => byPath({ path: a.file }, { path: b.file }))
  return { templates, findings: all }
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
    if (error instanceof TypeError) process.stderr.write(usageOf('serve', 'render', 'check'))
    process.exitCode = error instanceof TypeError ? 2 : 1
  },
)
