import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { binOf, inProject } from '../support/paths.ts'
import { type Case, figures, listCases } from './python-cases.ts'
import { render, run } from './support.ts'

interface Executed {
  invalid: string | null
  errors: string[]
  figures: { size: [number, number]; texts: string[] }[]
  text: string
  warnings: string
}

/**
 * Notebooks whose cells and files differ from all others, by the kernel that runs them: executing each takes a second, a
 * kernel several.
 */
async function writeNotebooks(folder: string, cases: readonly Case[]) {
  const jobs: { paths: string[]; folder: string }[] = []
  const shared = new Map<string, number>()
  const known = new Map<string, { job: number; at: number }>()
  const placeOf: { job: number; at: number }[] = []
  for (const { template, params, files = {} } of cases) {
    const notebook = await render(template, params)
    const key = JSON.stringify([JSON.parse(notebook.toString()).cells, files])
    if (!known.has(key)) {
      const hasFiles = Object.keys(files).length > 0
      const job = (hasFiles ? undefined : shared.get(template)) ?? jobs.length
      if (!hasFiles) shared.set(template, job)
      const place = join(folder, String(job))
      await mkdir(place, { recursive: true })
      if (job === jobs.length) jobs.push({ paths: [], folder: place })
      const { paths } = jobs[job]!
      for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text)
      const path = join(folder, `${job}-${paths.length}.ipynb`)
      await writeFile(path, notebook)
      known.set(key, { job, at: paths.push(path) - 1 })
    }
    placeOf.push(known.get(key)!)
  }
  return { jobs, placeOf }
}

t.setTimeout(600_000)

t.test('Python templates run without an error in any cell', { timeout: 600_000 }, async (t) => {
  const cases = await listCases()
  const folder = t.testdir()
  const { jobs, placeOf } = await writeNotebooks(folder, cases)
  const python = join(binOf('hub-6.1.1'), 'python')
  const program = inProject('tests/templates/execute.py')
  const result = await run(python, [program], { cwd: folder, input: JSON.stringify(jobs) })
  if (!t.equal(result.code, 0, 'the notebooks were executed')) return t.comment(result.stderr.slice(-4000))

  const executed = JSON.parse(result.stdout) as Executed[][]
  const runOf = (index: number) => executed[placeOf[index]!.job]![placeOf[index]!.at]!
  const executedUsually = (of: string) => runOf(cases.findIndex(({ template }) => template === of))
  for (const [index, { label, template, says, saysNot }] of cases.entries()) {
    t.test(label, async (t) => {
      const notebook = runOf(index)
      t.equal(notebook.invalid, null, 'is a valid notebook')
      t.strictSame(notebook.errors, [], 'no cell fails')
      t.equal(notebook.warnings, '', 'no cell warns')
      t.equal(notebook.figures.length, figures[template], 'all figures are made')
      const marked = notebook.figures.some(({ texts }) => texts.includes('SYNTHETIC'))
      t.equal(marked, /SYNTHETIC/.test(notebook.text), 'a synthetic figure says so across it, and no other')
      for (const [at, { size }] of notebook.figures.entries()) {
        const usual = executedUsually(template).figures[at]!.size
        t.ok(
          size.every((pixels, side) => Math.abs(pixels / usual[side]! - 1) < 0.1),
          `a figure of ${size} pixels is about as large as one of ${usual}`,
        )
      }
      for (const sentence of says) t.match(notebook.text, sentence, `says ${sentence}`)
      for (const sentence of saysNot ?? []) t.notMatch(notebook.text, sentence, `does not say ${sentence}`)
    })
  }
})
