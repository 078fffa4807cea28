import t from 'tap'
import { languages } from '../../../service/notebook/languages/index.ts'
import { nameVariables } from '../../../service/notebook/render/variable-names.ts'

function variables(language: string, sent: string[], declared: string[] = []): readonly string[] {
  const found = languages.find(({ name }) => name === language)!
  return nameVariables(sent, found.identifiers, new Set(declared)).variables
}

t.test('a valid name keeps itself, others are mapped, clashes are numbered', async (t) => {
  const table: [language: string, sent: string[], variables: string[], declared?: string[]][] = [
    [
      'Python',
      ['a', 'größe', '名前', 'match', '_x', '__proto__'],
      ['a', 'größe', '名前', 'match', '_x', '__proto__'],
    ],
    ['Python', ['a-b', 'class', '2nd', '', ' '], ['a_b', 'class_', '_2nd', 'p_', 'p__2']],
    ['Python', ['a-b', 'a_b', 'a b'], ['a_b_2', 'a_b', 'a_b_3']],
    ['Python', ['a-b', 'a b', 'a_b_2'], ['a_b', 'a_b_3', 'a_b_2']],
    ['Python', ['ﬁ', 'fi'], ['ﬁ', 'fi_2']],
    [
      'Python',
      ['print', 'list', 'ｐｒｉｎｔ', 'ｃｌａｓｓ'],
      ['print_', 'list_', 'ｐｒｉｎｔ__2', 'ｃｌａｓｓ_'],
    ],
    ['Python', ['print', 'x'], ['print', 'x'], ['print']],
    ['Python', ['class', '__debug__'], ['class_', '__debug___'], ['class', '__debug__']],
    [
      'Python',
      ['_', '__', '_1', 'In', 'get_ipython', '__builtins__'],
      ['p_', 'p__', '_1_', 'In_', 'get_ipython_', '__builtins___'],
    ],
    ['Python', ['x = 1; import os #\'"\\\n'], ['x___1__import_os______']],
    [
      'Python',
      ['a\u200cb', 'a\u30fbb', 'a\u202eb', '\u0301a', 'x😀'],
      ['a_b', 'a_b_2', 'a_b_3', '_\u0301a', 'x_'],
    ],
    ['R', ['a.b', '.hidden', 'größe', 'a_b'], ['a.b', '.hidden', 'größe', 'a_b']],
    [
      'R',
      ['c', 'T', 'NULL', 'if', '_x', '2nd', '.2a', '..1', '...', ''],
      ['c_', 'T_', 'NULL_', 'if_', 'X_x', 'X2nd', 'X.2a', 'X..1', '..._', 'X'],
    ],
    ['R', ['c'], ['c'], ['c']],
    ['R', ['.2'], ['X.2'], ['.2']],
    [
      'Julia',
      ['x!', 'α', 'print', 'end', '_', 'ɛ', 'ε', 'pi'],
      ['x!', 'α', 'print_', 'end_', 'p_', 'ɛ', 'ε_2', 'pi_'],
    ],
    [
      'C',
      ['x', 'größe', 'int', 'main', '_Bool', '__x', '2nd', ''],
      ['x', 'gr__e', 'int_', 'main_', 'p_Bool', 'p__x', 'x_2nd', 'x_'],
    ],
  ]
  for (const [language, sent, expected, declared] of table) {
    t.strictSame(variables(language, sent, declared), expected, `${language}: ${JSON.stringify(sent)}`)
  }
})

t.test(
  'whatever is sent, every variable is a valid name of its language and there are no two of one',
  async (t) => {
    const sent = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code))
    for (const { name, identifiers } of languages) {
      const all = variables(name, [...sent, ...identifiers.keywords])
      const folded = new Set(all.map(identifiers.fold))
      t.equal(folded.size, all.length, `${name}: no two are one`)
      t.ok(
        all.every((variable) => identifiers.valid.test(variable)),
        `${name}: all are valid`,
      )
      t.notOk(
        all.some((variable) => identifiers.keywords.has(variable)),
        `${name}: none is a keyword`,
      )
    }
  },
)

t.test('a hundred thousand names that clash are numbered in no time', async (t) => {
  const sent = Array.from(
    { length: 1e5 },
    (_, index) =>
      ['!', '?', '-', '+'].map((sign, bit) => ((index >> (bit * 2)) & 1 ? sign : '*')).join('') +
      ' '.repeat(index % 7),
  )
  const start = process.cpuUsage().user
  const all = variables(
    'Python',
    [...new Set(sent)].concat(
      Array.from({ length: 1e5 }, (_, index) => `a${String.fromCodePoint(0x2190 + (index % 100))}`),
    ),
  )
  t.equal(new Set(all).size, all.length)
  t.ok((process.cpuUsage().user - start) / 1e6 < 5)
})

t.test('names that are one when folded share one count, so that numbering them stays linear', async (t) => {
  const { identifiers } = languages.find(({ name }) => name === 'Python')!
  let folded = 0
  const fold = (name: string) => {
    folded++
    return identifiers.fold(name)
  }
  // Every mixture of half-width and full-width letters is a name of its own, and all are one to Python.
  const sent = Array.from({ length: 2048 }, (_, index) =>
    Array.from({ length: 11 }, (_, bit) => ((index >> bit) & 1 ? 'ａ' : 'a')).join(''),
  )
  const all = nameVariables(sent, { ...identifiers, fold }, new Set()).variables
  t.equal(new Set(all.map((name) => name.normalize('NFKC'))).size, sent.length)
  t.ok(folded < 20 * sent.length, `${folded} look-ups for ${sent.length} names`)
})

t.test('a name nobody could read is cut', async (t) => {
  const [variable] = variables('R', ['n'.repeat(20_000)])
  t.ok(variable!.length <= 1000)
})
