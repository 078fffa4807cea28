import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binOf, inProject } from '../support/paths.ts'
import { render, run } from './support.ts'

/** What is executed. */
export interface Executable {
  readonly template: string
  /** JSON text, as a button sends it. */
  readonly params: string
  /** Text of the notebook that somebody changes, and into what. */
  readonly changed?: readonly [from: string, to: string]
  /** Files beside the notebook. */
  readonly files?: Readonly<Record<string, string>>
  /** Packages that the kernel does not have. */
  readonly without?: readonly string[]
  /** Variables of the kernel's environment. Of `TZ` and SampleDB's there are no others. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A template with what it gets, and what it must then say. */
export interface Case extends Executable {
  readonly label: string
  /** What the notebook's cells must print. */
  readonly says: readonly RegExp[]
  readonly saysNot?: readonly RegExp[]
}

/** What came of it. */
export interface Executed {
  readonly invalid: string | null
  readonly errors: readonly string[]
  readonly figures: readonly { readonly size: readonly [number, number]; readonly texts: readonly string[] }[]
  /** What its cells printed, and their tables. */
  readonly text: string
  readonly warnings: string
  /** The notebook, now with its outputs. */
  readonly path: string
  /** Where it ran. */
  readonly folder: string
}

interface Job {
  readonly notebooks: { path: string; environment: Readonly<Record<string, string>> }[]
  readonly folder: string
  readonly without: readonly string[]
}

/**
 * Executes notebooks by tests/templates/execute.py in the environment of Hub 6.1.1: those whose cells, files and surroundings are
 * the same once, in as few kernels as can be, because a notebook takes a second and a kernel several.
 *
 * @throws {Error} with the end of its log when the program fails
 */
export async function executeAll(
  cases: readonly Executable[],
  folder: string,
): Promise<(one: Executable) => Executed> {
  const { jobs, placeOf } = await writeNotebooks(folder, cases)
  const python = join(binOf('hub-6.1.1'), 'python')
  const program = inProject('tests/templates/execute.py')
  const result = await run(python, [program], { cwd: folder, input: JSON.stringify(jobs) })
  if (result.code !== 0) throw new Error(`the notebooks were not executed: ${result.stderr.slice(-4000)}`)
  const executed = JSON.parse(result.stdout) as Omit<Executed, 'path' | 'folder'>[][]
  return (one) => {
    const { job, at } = placeOf.get(one)!
    const { notebooks, folder } = jobs[job]!
    return { ...executed[job]![at]!, path: notebooks[at]!.path, folder }
  }
}

async function writeNotebooks(folder: string, cases: readonly Executable[]) {
  const jobs: Job[] = []
  const shared = new Map<string, number>()
  const known = new Map<string, { job: number; at: number }>()
  const placeOf = new Map<Executable, { job: number; at: number }>()
  for (const one of cases) {
    const { template, params, changed = ['', ''], files = {}, without = [], environment = {} } = one
    const notebook = (await render(template, params)).toString().replace(...changed)
    const key = JSON.stringify([JSON.parse(notebook).cells, files, without, environment])
    if (!known.has(key)) {
      const kernel = `${template} ${without}`
      const hasFiles = Object.keys(files).length > 0
      const job = (hasFiles ? undefined : shared.get(kernel)) ?? jobs.length
      if (!hasFiles) shared.set(kernel, job)
      const place = join(folder, String(job))
      await mkdir(place, { recursive: true })
      if (job === jobs.length) jobs.push({ notebooks: [], folder: place, without })
      const { notebooks } = jobs[job]!
      for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text)
      const path = join(folder, `${job}-${notebooks.length}.ipynb`)
      await writeFile(path, notebook)
      known.set(key, { job, at: notebooks.push({ path, environment }) - 1 })
    }
    placeOf.set(one, known.get(key)!)
  }
  return { jobs, placeOf }
}
