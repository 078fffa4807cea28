/** The values that a page saves as YAML, read by papermill itself. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { writeYaml } from '../../../service/web/values/saved-yaml.ts'
import { binOf, inProject } from '../../support/paths.ts'
import { difficultParameters } from '../difficult.ts'
import { fillNotebook, label, notebookOf, run } from '../support.ts'

t.setTimeout(600_000)

/** Texts that a YAML of 1.1 takes for something else, and names too. */
const words =
  `y n yes no Yes NO on off true True null ~ 1_000 0x1F 0o17 017 1e5 1.5 .5 5. +1 -1 12:30:00 190:20:30
  2024-05-06 2024-05-06T07:08:09Z .nan .inf NaN Infinity = << - ? : # & * ! | > %a @a \` [a {a a: a# ${'x'.repeat(2000)}`.split(
    /\s+/,
  )
const more = [
  '{}',
  JSON.stringify(Object.fromEntries(words.map((word) => [word, word]))),
  JSON.stringify({ list: words, inside: Object.fromEntries(words.map((word) => [word, [word]])) }),
  JSON.stringify({ ['é"\\'.repeat(500)]: { [' '.repeat(1500)]: 1 }, ' a ': ' b ', '': '', 'a: b': 'c #d' }),
  '{"numbers": [1e5, 1E5, 1e+5, 1.5e3, 1e-7, -0.0, 0e999, 1E400, 12345678901234567890, NaN, Infinity, -Infinity, 1.0]}',
  `{"deep": ${'['.repeat(98)}1${']'.repeat(98)}}`,
  '{"lines": "a\\nb\\r\\n\\n c\\u0085d\\u2028e\\t", "signs": "\\u0000\\u007f\\u0080\\ufeff\\ufffe\\uffff😀"}',
]

t.test('every difficult value comes out of papermill’s reader with the same type', async (t) => {
  const dir = t.testdir()
  const sent = [...more, ...difficultParameters({ nul: true, random: 300 })]
  const pairs = sent.map((text, index) => {
    const path = join(dir, `${index}.yaml`)
    writeFileSync(path, writeYaml(readParameters(text)))
    return [text, path]
  })
  const program = inProject('tests/notebook/papermill/read_saved.py')
  const answers: (string | null)[] = JSON.parse(
    run(join(binOf('bench'), 'python'), [program], JSON.stringify(pairs)),
  )
  t.equal(answers.length, sent.length)
  for (const [index, answer] of answers.entries()) t.equal(answer, null, label(sent[index]!))
})

t.test(
  'papermill -f runs a finished notebook with one other value, and -p alone drops the others',
  async (t) => {
    const dir = t.testdir()
    const [notebook, yaml, out] = ['a.ipynb', 'saved.yaml', 'out.ipynb'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ]
    const text = '{"name": "yes", "temperature": 2e2, "count": 5}'
    const template = JSON.stringify(notebookOf('python', 'name = ""\ntemperature = 0.0\ncount = 0'))
    writeFileSync(notebook, fillNotebook(Buffer.from(template), text))
    writeFileSync(yaml, writeYaml(readParameters(text)))
    const injected = (...args: string[]) => {
      run(
        join(binOf('bench'), 'papermill'),
        ['--prepare-only', '--no-progress-bar', notebook, out, ...args],
        '',
      )
      const { cells } = JSON.parse(readFileSync(out, 'utf8'))
      const isNew = (cell: { metadata: { tags?: string[] } }) =>
        cell.metadata.tags?.includes('injected-parameters')
      return cells.filter(isNew).map((cell: { source: string[] | string }) => [cell.source].flat().join(''))
    }
    t.same(injected('-f', yaml, '-p', 'count', '6'), [
      '# Parameters\nname = "yes"\ntemperature = 200.0\ncount = 6\n',
    ])
    t.same(injected('-p', 'count', '6'), ['# Parameters\ncount = 6\n'])
  },
)
