import { resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { byPath } from '../catalogue/by-path.ts'
import { type Checked, checkFolder, type FileFinding } from '../catalogue/check/check.ts'
import { count, reports } from '../catalogue/check/report.ts'
import { explain } from './explain.ts'
import { withReason } from './files.ts'
import { configuredSecrets as secrets } from './secrets.ts'

/** What is wrong with a folder of templates; with `--strict` warnings count as faults do. */
export async function check(args: string[]): Promise<number> {
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
    const { executeFolder } = await import('../execution/execute.ts')
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
