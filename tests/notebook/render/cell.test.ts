import t from 'tap'
import { languages } from '../../../service/notebook/languages/index.ts'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { cellOf, label, templateOf, thrown } from '../support.ts'

/** The lines after the first one. */
const code = (...parameters: Parameters<typeof cellOf>) =>
  cellOf(...parameters)
    .source.split('\n')
    .slice(1)
    .join('\n')

t.test('every language writes every kind of value in its own way', async (t) => {
  const table: [json: string, python: string, r: string, julia: string, c: string][] = [
    ['null', 'x = None', 'x <- NULL', 'x = nothing', 'int x = 0; /* not set */'],
    ['true', 'x = True', 'x <- TRUE', 'x = true', 'int x = 1;'],
    ['false', 'x = False', 'x <- FALSE', 'x = false', 'int x = 0;'],
    ['0', 'x = 0', 'x <- 0L', 'x = 0', 'int x = 0;'],
    ['-0', 'x = -0', 'x <- 0L', 'x = -0', 'int x = -0;'],
    ['2147483647', 'x = 2147483647', 'x <- 2147483647L', 'x = 2147483647', 'int x = 2147483647;'],
    ['-2147483648', 'x = -2147483648', 'x <- -2147483648', 'x = -2147483648', 'int x = (-2147483647 - 1);'],
    [
      '9007199254740991',
      'x = 9007199254740991',
      'x <- 9007199254740991',
      'x = 9007199254740991',
      'long long x = 9007199254740991LL;',
    ],
    [
      '9007199254740993',
      'x = 9007199254740993',
      'x <- 0x1p+53  # nearest double to 9007199254740993',
      'x = 9007199254740993',
      'long long x = 9007199254740993LL;',
    ],
    [
      '-9223372036854775808',
      'x = -9223372036854775808',
      'x <- -9223372036854775808',
      'x = -9223372036854775808',
      'long long x = (-9223372036854775807LL - 1);',
    ],
    [
      '12345678901234567890',
      'x = 12345678901234567890',
      'x <- 12345678901234567890  # nearest double to 12345678901234567890',
      'x = 12345678901234567890',
      'const char *x = "12345678901234567890"; /* an integer beyond long long, as text */',
    ],
    ['1.0', 'x = 1.0', 'x <- 1.0', 'x = 1.0', 'double x = 1.0;'],
    ['1e5', 'x = 1e5', 'x <- 1e5', 'x = 1e5', 'double x = 1e5;'],
    ['-0.0', 'x = -0.0', 'x <- -0.0', 'x = -0.0', 'double x = -0.0;'],
    [
      '86.95898854',
      'x = 86.95898854',
      'x <- 0x1.5bd601178227bp+6  # 86.95898854',
      'x = 86.95898854',
      'double x = 86.95898854;',
    ],
    [
      '1E400',
      'x = 1E400  # beyond the range of float',
      'x <- Inf  # beyond the range of double',
      'x = Inf  # beyond the range of Float64',
      'double x = (1.0 / 0.0); /* beyond the range of double */',
    ],
    ['-1e-400', 'x = -1e-400', 'x <- -0.0', 'x = -0.0  # too small for Float64', 'double x = -1e-400;'],
    ['NaN', 'x = float("nan")', 'x <- NaN', 'x = NaN', 'double x = (0.0 / 0.0);'],
    ['-Infinity', 'x = float("-inf")', 'x <- -Inf', 'x = -Inf', 'double x = (-1.0 / 0.0);'],
    ['"µm 😀"', 'x = "µm 😀"', 'x <- "µm 😀"', 'x = "µm 😀"', 'const char *x = "µm 😀";'],
    [
      '"$(x) \\\\ \\"\\n\\t"',
      'x = "$(x) \\\\ \\"\\n\\t"',
      'x <- "$(x) \\\\ \\"\\n\\t"',
      'x = "\\$(x) \\\\ \\"\\n\\t"',
      'const char *x = "$(x) \\\\ \\"\\n\\t";',
    ],
    [
      '"\\u001bA\\u0085\u202e\u2028"',
      'x = "\\x1bA\\x85\\u202e\\u2028"',
      'x <- "\\u001bA\\u0085\\u202e\\u2028"',
      'x = "\\u001bA\\u0085\\u202e\\u2028"',
      'const char *x = "\\033A\\302\\205\\342\\200\\256\\342\\200\\250";',
    ],
    ['"what??/"', 'x = "what??/"', 'x <- "what??/"', 'x = "what??/"', 'const char *x = "what?\\?/";'],
    ['[]', 'x = []', 'x <- list()', 'x = Any[]', 'double *x = 0; /* empty */\nint x_length = 0;'],
    ['[1, 2]', 'x = [1, 2]', 'x <- c(1L, 2L)', 'x = [1, 2]', 'int x[] = {1, 2};\nint x_length = 2;'],
    [
      '[1, 3000000000]',
      'x = [1, 3000000000]',
      'x <- c(1L, 3000000000)',
      'x = [1, 3000000000]',
      'long long x[] = {1LL, 3000000000LL};\nint x_length = 2;',
    ],
    [
      '[1, 2.5, NaN]',
      'x = [1, 2.5, float("nan")]',
      'x <- c(1L, 2.5, NaN)',
      'x = Real[1, 2.5, NaN]',
      'double x[] = {1.0, 2.5, (0.0 / 0.0)};\nint x_length = 3;',
    ],
    [
      '[1, 12345678901234567890]',
      'x = [1, 12345678901234567890]',
      'x <- c(1L, 12345678901234567890)  # nearest double',
      'x = Real[1, 12345678901234567890]',
      'const char *x = "[1,12345678901234567890]"; /* JSON text */',
    ],
    [
      '["a", "b"]',
      'x = ["a", "b"]',
      'x <- c("a", "b")',
      'x = ["a", "b"]',
      'const char *x[] = {"a", "b"};\nint x_length = 2;',
    ],
    [
      '[true, false]',
      'x = [True, False]',
      'x <- c(TRUE, FALSE)',
      'x = [true, false]',
      'int x[] = {1, 0};\nint x_length = 2;',
    ],
    [
      '[true, 1]',
      'x = [True, 1]',
      'x <- list(TRUE, 1L)',
      'x = Any[true, 1]',
      'const char *x = "[true,1]"; /* JSON text */',
    ],
    [
      '[1, null]',
      'x = [1, None]',
      'x <- list(1L, NULL)',
      'x = Any[1, nothing]',
      'const char *x = "[1,null]"; /* JSON text */',
    ],
    [
      '[[1, 2], [3]]',
      'x = [[1, 2], [3]]',
      'x <- list(c(1L, 2L), c(3L))',
      'x = [[1, 2], [3]]',
      'const char *x = "[[1,2],[3]]"; /* JSON text */',
    ],
    [
      '[[1], [2.5]]',
      'x = [[1], [2.5]]',
      'x <- list(c(1L), c(2.5))',
      'x = Any[[1], [2.5]]',
      'const char *x = "[[1],[2.5]]"; /* JSON text */',
    ],
    [
      '{}',
      'x = {}',
      'x <- structure(list(), names = character(0))',
      'x = Dict{String, Any}()',
      'const char *x = "{}"; /* JSON text */',
    ],
    [
      '{"a b": 1, "if": null}',
      'x = {"a b": 1, "if": None}',
      'x <- list("a b" = 1L, "if" = NULL)',
      'x = Dict{String, Any}("a b" => 1, "if" => nothing)',
      'const char *x = "{\\"a b\\":1,\\"if\\":null}"; /* JSON text */',
    ],
    [
      '{"": 1}',
      'x = {"": 1}',
      'x <- structure(list(1L), names = c(""))',
      'x = Dict{String, Any}("" => 1)',
      'const char *x = "{\\"\\":1}"; /* JSON text */',
    ],
  ]
  for (const [json, ...expected] of table) {
    for (const [index, language] of ['python', 'R', 'julia', 'c'].entries()) {
      t.equal(code(language, `{"x": ${json}}`), expected[index], label(`${language}: ${json}`))
    }
  }
})

t.test('the first line says what the cell is', async (t) => {
  t.equal(cellOf('python', '{"a": 1}').source, '# Parameters\na = 1')
  t.equal(cellOf('c', '{"a": 1}').source, '/* Parameters */\nint a = 1;')
})

t.test('what is long is broken over lines, what is short is not', async (t) => {
  const quantity =
    '{"_type": "quantity", "units": "degC", "magnitude": 21.5, "dimensionality": "[temperature]", "values": [1, 2]}'
  t.equal(
    code('python', `{"t": ${quantity}, "m": [[1, 2], [3, 4]]}`),
    `t = {
    "_type": "quantity",
    "units": "degC",
    "magnitude": 21.5,
    "dimensionality": "[temperature]",
    "values": [1, 2]
}
m = [[1, 2], [3, 4]]`,
  )
  const long = 'x'.repeat(90)
  t.equal(
    code('julia', `{"x": ["${long}"]}`),
    `x = [\n    "${long}",\n]`,
    'Julia takes a single part for no row of a matrix',
  )
  const lines = code('R', `{"x": [${Array.from({ length: 500 }, (_, index) => index).join(', ')}]}`).split(
    '\n',
  )
  t.ok(lines.length > 20 && lines.length < 40, 'numbers share lines')
  t.ok(lines.every((line) => line.length <= 96))
})

t.test('a few brackets never become megabytes', async (t) => {
  const chain = `${'['.repeat(90)}1${']'.repeat(90)}`
  const json = `{"x": [${Array(500).fill(chain).join(',')}]}`
  for (const language of ['python', 'R', 'julia', 'c', 'cobol']) {
    t.ok(cellOf(language, json).source.length < 6 * json.length, language)
  }
})

t.test('the name that was sent stands in a comment that nothing can end', async (t) => {
  const names = [
    'a b',
    '\n',
    '\r',
    '\u2028',
    '\u0085',
    '\v\f',
    '*/ x /*',
    '"\\',
    '#',
    'größe 1',
    '\u202e',
    'coding: utf-7',
  ]
  for (const language of languages) {
    for (const name of names) {
      const { source } = cellOf(language.aliases[0]!, JSON.stringify({ [name]: 1 }))
      const lines = source.split(/[\n\r\u2028\u2029\u0085\v\f]/)
      const before = language.opening === undefined ? 1 : 2
      t.equal(lines.length, before + 1, label(`${language.name}: ${name} is one line`))
      const json = /(?:#|%|\/\/|\/\*) (".*")( \*\/)?$/.exec(lines[before]!)![1]!
      // Where such an escape is read before comments are looked for, its backslash is doubled (languages.md).
      const told = JSON.parse(
        language.comment('\\u000b').includes('\\\\u') ? json.replaceAll('\\\\u', '\\u') : json,
      )
      t.equal(told, name, label(`${language.name}: ${name} is told`))
      t.match(json, /^[\x20-\x7e]*$/, 'ASCII')
      const closes = language.comment('').endsWith('*/')
      t.equal(source.split('*/').length, closes ? 3 : 1, label(`${language.name}: ${name} ends no comment`))
    }
  }
})

t.test(
  'no comment has a line to itself but the first: the second could tell Python another encoding',
  async (t) => {
    const { source } = cellOf('python', JSON.stringify({ 'coding: utf-7': Array(99).fill('x'), b: 1 }))
    t.notOk(
      source
        .split('\n')
        .slice(1)
        .some((line) => /^\s*#/.test(line)),
    )
    t.match(source.split('\n')[1], /^coding__utf_7 = \[ {2}# "coding: utf-7"$/)
  },
)

t.test('a name that was cut in its comment says so', async (t) => {
  const { source } = cellOf('python', JSON.stringify({ [`${'x'.repeat(2000)} `]: 1 }))
  t.match(source, /# "x{500}\.\.\."$/)
})

t.test('the confirmation page learns which variable got what was sent', async (t) => {
  t.strictSame(cellOf('python', '{"a-b": 1, "a": 2, "print": 3}').names, [
    { sent: 'a-b', variable: 'a_b' },
    { sent: 'a', variable: 'a' },
    { sent: 'print', variable: 'print_' },
  ])
})

t.test('nothing to set makes no cell', async (t) => {
  for (const language of ['python', 'c', 'cobol']) {
    t.strictSame(cellOf(language, '{}'), { isEmpty: true, source: '', names: [] }, language)
    const nulls = cellOf(language, '{"a": null}', undefined, { on_null: 'default' })
    t.strictSame(nulls, { isEmpty: true, source: '', names: [{ sent: 'a', variable: undefined }] })
  }
})

t.test('the template says what null does', async (t) => {
  const params = '{"a": null, "b": [null]}'
  t.equal(code('python', params, 'a = 5'), 'a = None\nb = [None]')
  const value = cellOf('python', params, 'a = 5', { on_null: 'default' })
  t.equal(value.source, '# Parameters\nb = [None]')
  t.strictSame(value.names, [
    { sent: 'a', variable: undefined },
    { sent: 'b', variable: 'b' },
  ])
  const fault = thrown(() => cellOf('python', params, 'a = 5', { on_null: 'refuse' }))
  t.match(fault, { code: 20, reason: 'null-refused', values: { name: 'a' } })
  t.match(
    thrown(() => cellOf('cobol', params, 'a = 5', { on_null: 'refuse' })),
    { code: 20, reason: 'null-refused' },
  )
})

t.test('a translated text goes in as sent, or in the user’s language where a text is wanted', async (t) => {
  const params =
    '{"a": {"de": "Ü", "en": "E"}, "b-c": {"en": "x"}, "n": [{"en": "y", "de": "z"}], "o": {"t": {"de": "D"}}}'
  const inLanguage = (source: string, own?: object) =>
    makeCell(readParameters(params), templateOf('python', source, own), ['de'])
      .source.split('\n')
      .slice(1)
  const sent = [
    'a = {"de": "Ü", "en": "E"}',
    'b_c = {"en": "x"}  # "b-c"',
    'n = [{"en": "y", "de": "z"}]',
    'o = {"t": {"de": "D"}}',
  ]
  t.strictSame(inLanguage('a = 5'), sent, 'not declared as a text')
  t.strictSame(
    inLanguage('a = ""\nb_c: str = None\nn = "x"'),
    ['a = "Ü"', 'b_c = "x"  # "b-c"', ...sent.slice(2)],
    'declared as texts',
  )
  const plain = ['a = "Ü"', 'b_c = "x"  # "b-c"', 'n = ["z"]', 'o = {"t": "D"}']
  t.strictSame(inLanguage('', { translated: 'plain' }), plain, 'all plain')
})

t.test('a language that is not in the table gets JSON text, and no variable is claimed', async (t) => {
  const { source, names } = cellOf('cobol', '{"a": 1.0, "b": NaN, "c": "\u202e\\u0007µ"}')
  t.equal(source, '{"a": 1.0, "b": NaN, "c": "\\u202e\\u0007µ"}')
  t.strictSame(
    names.map(({ variable }) => variable),
    [undefined, undefined, undefined],
  )
  const own = { translated: 'plain', on_null: 'default' }
  t.equal(cellOf('cobol', '{"a": {"en": "x"}, "b": null}', undefined, own).source, '{"a": "x"}')
})

t.test('C and R take no NUL, anywhere', async (t) => {
  for (const language of ['R', 'c']) {
    for (const json of ['"a\\u0000"', '["\\u0000"]', '{"a": {"\\u0000": 1}}']) {
      const fault = thrown(() => cellOf(language, `{"x": ${json}}`))
      t.match(
        fault,
        { code: 20, reason: 'nul-character', values: { name: 'x' } },
        label(`${language}: ${json}`),
      )
    }
  }
  t.equal(code('python', '{"x": "\\u0000"}'), 'x = "\\x00"')
  t.equal(code('julia', '{"x": "\\u0000"}'), 'x = "\\u0000"')
})

t.test('the length of an array in C is numbered with the other names', async (t) => {
  const params = '{"x": [1], "x_length": 5, "y": ["a"], "y-length": true}'
  t.equal(
    code('c', params),
    'int x[] = {1};\nint x_length_2 = 1;\nint x_length = 5;\nconst char *y[] = {"a"};\nint y_length_2 = 1;\nint y_length = 1; /* "y-length" */',
  )
})

t.test('deep lists are JSON text in R, whose parser gives up at fifty brackets', async (t) => {
  const source = code('R', `{"x": ${'['.repeat(60)}1${']'.repeat(60)}}`)
  t.match(source, /# below 40 levels: JSON text/)
  t.ok(source.includes(`"${'['.repeat(20)}1${']'.repeat(20)}"`))
})

t.test('an integer too long for Python’s reader is hexadecimal', async (t) => {
  t.equal(code('python', `{"x": ${'9'.repeat(4300)}}`), `x = ${'9'.repeat(4300)}`)
  t.equal(code('python', `{"x": -${'9'.repeat(4301)}}`), `x = -0x${(10n ** 4301n - 1n).toString(16)}`)
})
