import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { pythonCell } from '../../../service/notebook/languages/python/python-cell.ts'
import { binOf, inProject } from '../../support/paths.ts'
import { notebookOf, run } from '../support.ts'

/** What `papermill --help-notebook` shows of one parameter. */
interface Inspected {
  readonly name: string
  readonly inferred_type_name: string
  readonly default: string
  readonly help: string
}

const ofPapermill = ({ name, inferred_type_name: type, default: value, help }: Inspected) =>
  [name, type === 'None' ? '' : type, value, help].join(' | ')
const ofUs = (source: string) =>
  pythonCell
    .declared(source)
    .map(({ name, type = '', default: value = '', help = '' }) => [name, type, value, help].join(' | '))

// papermill reads line by line, with an expression.
const same: readonly string[] = [
  'a = 5',
  'a = "x"  # the name',
  'a: int = 5  # how many',
  'a = None # type: float in seconds',
  'a: "str" = "x"',
  'a: List[str] = ["x"]\nb = {"c": 1}',
  'a = [  # first\n    1,\n]  # last',
  '# Parameters\na = 1\nb = 2\n\nc = -1.5e3',
  'a=1\nb  =  2#help',
  'größe = 1',
]

/** Where we tell more, or the right thing: what papermill makes of it, and what we do. */
const better: readonly (readonly [source: string, papermill: readonly string[], ours: readonly string[]])[] =
  [
    ['a = "x = y"', [], ['a |  | "x = y" | ']],
    ['a = "#1"', ['a |  | " | 1"'], ['a |  | "#1" | ']],
    ['a = b = 1', [], ['a |  | 1 | ', 'b |  | 1 | ']],
    ['a = 1; b = 2  # two', [], ['a |  | 1 | ', 'b |  | 2 | two']],
    [
      'a = {}  # type: Dict[str, int] how many',
      ['a | Dict[str, | {} | int] how many'],
      ['a | Dict[str, int] | {} | how many'],
    ],
    ['a: str | None = None', [], ['a | str | None | None | ']],
    ['# the name\na = 1', ['a |  | 1 | '], ['a |  | 1 | the name']],
    ['a = 5\nprint("done")', ['a |  | 5print("done") | '], ['a |  | 5 | ']],
    ["a = 'x' ; # help", ["a |  | 'x' ; | help"], ["a |  | 'x' | help"]],
    ['a == 1', [], []],
  ]

t.test('papermill finds the same parameters, or less', async (t) => {
  const folder = t.testdir()
  const sources = [...same, ...better.map(([source]) => source)]
  const paths = sources.map((source, index) => {
    const path = join(folder, `${index}.ipynb`)
    writeFileSync(path, JSON.stringify(notebookOf('python', source)))
    return path
  })
  const program = inProject('tests/notebook/papermill/inspect_notebooks.py')
  const answers = JSON.parse(run(join(binOf('bench'), 'python'), [program], JSON.stringify(paths))) as Record<
    string,
    Inspected
  >[]
  const found = answers.map((answer) => Object.values(answer).map(ofPapermill))
  same.forEach((source, index) => {
    // Spaces within a value are papermill's own affair: it joins lines.
    const compact = (lines: readonly string[]) => lines.map((line) => line.replace(/#[^|]*?\n|\s+/g, ''))
    t.strictSame(compact(ofUs(source)), compact(found[index]!), source)
  })
  better.forEach(([source, papermill, ours], index) => {
    t.strictSame(found[same.length + index], papermill, `papermill: ${source}`)
    t.strictSame(ofUs(source), ours, `ours: ${source}`)
  })
})
