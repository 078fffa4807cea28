import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { fillNotebook, notebookOf, run } from '../notebook/support.ts'
import { binOf, inProject } from '../support/paths.ts'
import { type Kernel, kernels, sent } from './kernels.ts'

t.setTimeout(900_000)

/** A template for a kernel, as people write them. */
function templateFor({ name, language, parameters, print }: Kernel): Buffer {
  const notebook = notebookOf(language, parameters)
  notebook.cells.push({
    cell_type: 'code',
    execution_count: null,
    id: 'third',
    metadata: {},
    outputs: [],
    source: print,
  })
  notebook.metadata.kernelspec.name = name
  return Buffer.from(JSON.stringify(notebook, null, 1))
}

/** Kernelspecs of those kernels whose packages bring none; the folder to look into. */
function writeKernelSpecs(folder: string): string {
  for (const { name, language, argv } of kernels) {
    if (argv === undefined) continue
    const place = join(folder, 'kernels', name)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'kernel.json'), JSON.stringify({ argv, display_name: name, language }))
  }
  return folder
}

t.test('notebooks made here run in the real kernels, and again in the same', async (t) => {
  const folder = t.testdir()
  const jobs = kernels.map((kernel) => {
    const place = join(folder, kernel.name)
    mkdirSync(place)
    const path = join(place, 'made.ipynb')
    writeFileSync(path, fillNotebook(templateFor(kernel), sent))
    return { path, folder: place }
  })
  const environment = {
    JUPYTER_PATH: writeKernelSpecs(join(folder, 'specs')),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    IPYTHONDIR: join(folder, 'ipython'),
    PATH: `${binOf('kernels')}:${process.env.PATH}`,
  }
  const program = inProject('tests/kernels/execute.py')
  const python = join(binOf('kernels'), 'python')
  const results = JSON.parse(run(python, [program], JSON.stringify(jobs), environment)) as {
    errors: string[]
    printed: string[]
  }[]
  for (const [index, { name, prints }] of kernels.entries()) {
    const { errors, printed } = results[index]!
    t.strictSame(errors, [], `${name}: no cell fails, nor does it a second time`)
    // Some kernels speak through a terminal.
    const plain = printed.map((text) => text.replaceAll('\r\n', '\n').trim())
    t.strictSame(plain, [prints, prints], `${name}: its cells see what was sent`)
  }
})
