import t from 'tap'
import { cellOf, label, run, thrown } from '../../support.ts'
import { checkDeclared, checkLiterals, checkNames, checkRecognised } from '../shared/tables.ts'

t.test('Bash has texts, arrays, and JSON text for the rest', async (t) => {
  checkLiterals(t, 'Bash', [
    ['null', "x=''  # not set"],
    ['true', 'x=true'],
    ['-5', 'x=-5'],
    ['12345678901234567890', 'x=12345678901234567890'],
    ['1.50', 'x=1.50'],
    ['1E+400', 'x=1E+400'],
    ['NaN', 'x=NaN'],
    ['-Infinity', 'x=-Infinity'],
    ['""', "x=''"],
    ['"µm $(x) `x` $\u007bx} \\"!\\" \\\\"', `x='µm $(x) \`x\` \${x} "!" \\'`],
    ['"it\'s"', "x='it'\\''s'"],
    ['"a\\n\\tb\\u001b!\'\\\\c\\u202e"', "x=$'a\\n\\tb\\033\\041\\047\\\\c\\342\\200\\256'"],
    ['"\\n\\\\"', "x=$'\\n\\134'"],
    ['[]', 'x=()'],
    ['[1, "a b", true, null, "[0]=x"]', "x=(1 'a b' true '' '[0]=x')"],
    ['[[1, "it\'s"]]', `x=('[1,"it'\\''s"]')  # what is nested is JSON text`],
    ['{"a": [1.0, null]}', `x='{"a":[1.0,null]}'  # JSON text`],
    ['{"a": "\\n\u202e"}', `x=$'{"a":"\\\\n\\342\\200\\256"}'  # JSON text`],
  ])
  t.match(
    thrown(() => cellOf('bash', '{"x": {"a": ["\\u0000"]}}')),
    { code: 20, reason: 'nul-character', values: { name: 'x' } },
  )
})

t.test('a long array takes few lines: bash_kernel needs 50 ms for each', async (t) => {
  const lines = (items: readonly string[]) => cellOf('bash', `{"x": [${items}]}`).source.split('\n')
  const short = lines(Array.from({ length: 100 }, (_, index) => `"text ${index}"`))
  t.ok(short.length > 12 && short.every((line) => line.length <= 101))
  const long = lines(Array.from({ length: 100_000 }, (_, index) => `${index}.5`))
  t.ok(long.length > 15 && long.length < 26, `${long.length} lines`)
})

t.test('first of all the variables lose what other cells made of them', async (t) => {
  t.equal(cellOf('bash', '{"a": 1, "b-c": 2}').source, '# Parameters\nunset -v a b_c\na=1\nb_c=2  # "b-c"')
  const source = 'export a=x\ndeclare -x b=y\nTZ=UTC\nd=5'
  t.equal(
    cellOf('bash', '{"a": 1, "b": 2, "TZ": 3, "d": 4}', source).source,
    '# Parameters\nunset -v d\ndeclare +i a b TZ\na=1\nb=2\nTZ=3\nd=4',
  )
})

t.test(
  'so nothing in a value runs, nothing is left of an array, and what was exported stays so',
  async (t) => {
    const parameters =
      'declare -i a=5\ndeclare -a b=(1 2 3)\nexport c=x\ndeclare -ix d=5\ndeclare -l e=x\ndeclare -A f=([k]=v)'
    const sent = '"x[$(echo RUN >&2)]"'
    const params = `{"a": ${sent}, "b": ${sent}, "c": ${sent}, "d": ${sent}, "e": "ABC", "f": ["p", "q"], "PS1": "$(x)", "TZ": ${sent}}`
    const { source } = cellOf('bash', params, `${parameters}\nTZ=UTC\nexport TZ`)
    const script = `${parameters}\nexport TZ=UTC\n${source}\ndeclare -p a b c d e f TZ`
    const text = '"x[\\$(echo RUN >&2)]"'
    t.strictSame(
      run('bash', ['-c', `{ ${script}\n} 2>&1`], '')
        .trimEnd()
        .split('\n'),
      [
        `declare -- a=${text}`,
        `declare -- b=${text}`,
        `declare -x c=${text}`,
        `declare -x d=${text}`,
        'declare -- e="ABC"',
        'declare -a f=([0]="p" [1]="q")',
        `declare -x TZ=${text}`,
      ],
    )
    const unguarded = `declare -i a=5\na='x[$(echo RUN >&2)]'`
    t.match(run('bash', ['-c', `{ ${unguarded}\n} 2>&1`], ''), /RUN/, 'without it Bash does run it')
  },
)

t.test('no variable that Bash itself reads may be set', async (t) => {
  const bare = ['-i', `PATH=${process.env.PATH}`, 'bash', '--norc', '-ic', 'compgen -v']
  const names = run('env', bare, '').trim().split('\n')
  const described = run('bash', ['-c', 'help variables'], '').matchAll(/^ *(\w+)\t/gm)
  const all = [...names, ...Array.from(described, ([, name]) => name!)].filter(
    (name) => !/^BASH_FUNC/.test(name),
  )
  t.ok(all.length > 60 && all.includes('PROMPT_COMMAND') && all.includes('auto_resume'))
  checkNames(
    t,
    'Bash',
    all.map((name) => [name, name === '_' ? '__' : `${name}_`]),
  )
})

t.test('names that Bash or other programs need are mapped; those that run never come back', async (t) => {
  checkNames(t, 'Bash', [
    ['x_1', 'x_1'],
    ['if', 'if'],
    ['time', 'time'],
    ['T', 'T'],
    ['GIT_COUNT_1', 'GIT_COUNT_1'],
    ['größe', 'gr__e'],
    ['2nd', '_2nd'],
    ['', '__'],
    ['a.b', 'a_b'],
    ['PATH', 'PATH_'],
    ['LD_PRELOAD', 'LD_PRELOAD_'],
    ['LC_ALL', 'LC_ALL_'],
    ['JUPYTERHUB_API_TOKEN', 'JUPYTERHUB_API_TOKEN_'],
    ['PYTHONPATH', 'PYTHONPATH_'],
    ['https_proxy', 'https_proxy_'],
    ['BASH_ENV', 'BASH_ENV_'],
  ])
  const declared = ['PATH', 'PS4', 'PROMPT_COMMAND', 'BASH_ENV', 'RANDOM', 'SECONDS', '_']
  checkNames(
    t,
    'Bash',
    [
      ['PATH', 'PATH'],
      ['PS4', 'PS4_'],
      ['PROMPT_COMMAND', 'PROMPT_COMMAND_'],
      ['BASH_ENV', 'BASH_ENV_'],
      ['RANDOM', 'RANDOM_'],
      ['SECONDS', 'SECONDS_'],
      ['_', '__'],
    ],
    declared,
  )
})

t.test('the comment holds nothing that an interactive shell’s history looks for', async (t) => {
  t.match(cellOf('bash', '{"a!b\'c": 1}').source, /^a_b_c=1 {2}# "a\\u0021b\\u0027c"$/m)
})

t.test('the template’s own assignments are read', async (t) => {
  checkDeclared(t, 'Bash', [
    ['a="x"\nb=\'y\'; c=5\nd=word e=\nf=true', 'a, b, c?, d, e, f?'],
    ['a=(1 2\n  "b=3") # c=4\nd="$HOME/x" e=$(f=5; echo) g=`h=6`', 'a?, d?, e?, g?'],
    [
      'export a="x"\ndeclare -i b=5\ndeclare -x c=6\nreadonly d=y; typeset e=z',
      'export a, declare b?, export c?, readonly d, typeset e',
    ],
    ['a=1 program; echo b=2; if x; then c=3; fi\nf() {\n  d=4\n}\ne=5', 'e?'],
    ["a=$'x\\'y' b=\"it's\" c='#' d=x#y", 'a, b, c, d'],
    ['a=x\\\nb=y', 'a'],
  ])
})

t.test('its kernels are known', async (t) => {
  checkRecognised(t, 'Bash', ['bash', 'Bash'], ['bash', 'calysto_bash', 'conda-env-x-bash'])
  for (const shell of ['zsh', 'fish', 'sh'])
    t.notOk(cellOf(shell, '{"a": 1}').source.includes('a=1'), label(shell))
})
