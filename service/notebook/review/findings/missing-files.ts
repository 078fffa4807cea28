import type { Found } from '../finding.ts'
import type { Review, ReviewedCell, ReviewedNotebook } from '../reviewed.ts'

type Code = 'undelivered-module' | 'undelivered-file'

const most = 50

/** Modules and data that lie beside the template, or nowhere, and not beside the notebook that is made of it. */
export const missingFiles: Review<Code> = {
  codes: { 'undelivered-module': 'warning', 'undelivered-file': 'warning' },
  find(notebook) {
    const delivered = deliveredFiles(notebook.own('files'))
    const code = notebook.cells.filter(({ type }) => type === 'code')
    const modules = /^(?:python|sagemath|sage)$/i.test(notebook.compiled.language?.name ?? '')
      ? code.flatMap((cell) => findModules(cell, notebook, delivered))
      : []
    return [...once(modules), ...once(findFiles(code, notebook, delivered))]
  },
}

/** As `metadata.notebook_templates.files` names them, with the folders that they lie in. */
function deliveredFiles(files: unknown): ReadonlySet<string> {
  const paths = Array.isArray(files) ? files.filter((file) => typeof file === 'string').slice(0, 1000) : []
  return new Set(
    paths.flatMap((path) => {
      const parts = clean(path).split('/').slice(0, 20)
      return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    }),
  )
}

/** `./a/b` → `a/b` */
function clean(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

const imports =
  /^[ \t]*(?:import[ \t]+([\w., \t]{1,200})|from[ \t]+(\w{1,100})(?:\.[\w.]{1,100})?[ \t]+import\b)/

/** Only what lies beside the template: everything else may be installed. */
function findModules(
  { number, source }: ReviewedCell,
  { isBeside }: ReviewedNotebook,
  delivered: ReadonlySet<string>,
): Found<Code>[] {
  return linesOf(source).flatMap((text, index) => {
    const [, several, one] = imports.exec(text) ?? []
    const names = one === undefined ? (several ?? '').split(',').map(firstName) : [one]
    return names.flatMap((name): Found<Code>[] => {
      const files = [`${name}.py`, `${name}/__init__.py`]
      const isDelivered = files.some((file) => delivered.has(file)) || delivered.has(name)
      if (name === '' || isDelivered || !files.some(isBeside)) return []
      return [
        {
          code: 'undelivered-module',
          cell: number,
          line: index + 1,
          message: `it imports ${name}, which is next to the template but not next to the notebook that is created`,
          remedy:
            'Name its file in metadata.notebook_templates.files, or install it in the environment of the kernel.',
        },
      ]
    })
  })
}

/** ` numpy.fft as fft` → `numpy` */
function firstName(part: string): string {
  return /^[ \t]*(\w+)/.exec(part)?.[1] ?? ''
}

/** Functions that read a file by its name, in Python, R and Julia. What else `open` gets says whether it writes. */
const reading =
  /(?<![\w])(?:open|read_csv|read_table|read_excel|read_json|read_parquet|read_hdf|loadtxt|genfromtxt|loadmat|imread|load_dataset|readtable|read\.csv2?|read\.table|read\.delim|readRDS|readLines|source|include|CSV\.File)\([ \t]*(["'])([^"'\\\r\n{}$*?<>|~:%]{1,200})\1[ \t]*(?:,[ \t]*(?:mode[ \t]*=[ \t]*)?["']([rwxabtU+]{1,4})["'])?/g

const comment = /^[ \t]*(?:#|\/\/|%)/

/**
 * Files that are read by a literal relative path. No word about one whose name stands anywhere else in the code: the notebook
 * writes it, asks for it, or looks whether it is there.
 */
function findFiles(
  cells: readonly ReviewedCell[],
  { isBeside }: ReviewedNotebook,
  delivered: ReadonlySet<string>,
): Found<Code>[] {
  const reads = cells.flatMap(({ number, source }) =>
    linesOf(source).flatMap((text, index) =>
      comment.test(text)
        ? []
        : Array.from(text.matchAll(reading), ([, , path = '', mode = 'r']) => ({
            path,
            isWritten: /[wxa+]/.test(mode),
            cell: number,
            line: index + 1,
          })),
    ),
  )
  const paths = new Set(reads.map(({ path }) => path).slice(0, most))
  const isElsewhere = (path: string) => {
    const name = path.split('/').at(-1)!
    const own = reads.filter((read) => read.path.split('/').at(-1) === name).length
    return countOf(name, cells, own) > own
  }
  const written = new Set(reads.filter(({ isWritten }) => isWritten).map(({ path }) => path))
  const silent = new Set(
    [...paths].filter((path) => !isRelative(path) || written.has(path) || isElsewhere(path)),
  )
  return reads.flatMap(({ path, cell, line }): Found<Code>[] => {
    const file = clean(path)
    if (!paths.has(path) || silent.has(path) || delivered.has(file) || file === '') return []
    const where = isBeside(file)
      ? 'is next to the template but not next to the notebook that is created'
      : 'is not delivered with the notebook'
    return [
      {
        code: 'undelivered-file',
        cell,
        line,
        message: `it reads ${JSON.stringify(path)}, which ${where}`,
        remedy:
          'Name it in metadata.notebook_templates.files, or have the notebook say what to do where it is missing.',
      },
    ]
  })
}

function isRelative(path: string): boolean {
  return !/^[/\\]|^[A-Za-z]:/.test(path) && !path.split('/').includes('..') && path.trim() !== ''
}

/** How often a text stands in the cells; no further than one more than `enough`. */
function countOf(text: string, cells: readonly ReviewedCell[], enough: number): number {
  let count = 0
  for (const { source } of cells) {
    for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + text.length)) {
      count++
      if (count > enough) return count
    }
  }
  return count
}

function once(found: readonly Found<Code>[]): Found<Code>[] {
  const messages = new Set<string>()
  const first = found.filter(({ message }) => messages.size !== messages.add(message).size)
  return first.slice(0, most)
}

function linesOf(source: string): string[] {
  return source.split(/\r\n|\r|\n/)
}
