import t from 'tap'
import { rust } from '../../../../service/notebook/languages/rust/rust.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf, label } from '../../support.ts'

/** The lines after the first one. */
const code = (params: string, parametersSource?: string) =>
  cellOf('rust', params, parametersSource).source.split('\n').slice(1).join('\n')

t.test('Rust has a literal for every kind of value', async (t) => {
  const table: [json: string, code: string][] = [
    ['null', 'let x: Option<()> = None; // not set'],
    ['true', 'let x: bool = true;'],
    ['5', 'let x: i64 = 5;'],
    ['-0', 'let x: i64 = -0;'],
    ['-9223372036854775808', 'let x: i64 = -9223372036854775808;'],
    ['9223372036854775808', 'let x: i128 = 9223372036854775808;'],
    ['9'.repeat(40), `let x: &'static str = "${'9'.repeat(40)}"; // an integer beyond i128, as text`],
    ['1.0', 'let x: f64 = 1.0;'],
    ['1E+05', 'let x: f64 = 1E+05;'],
    ['-0.0', 'let x: f64 = -0.0;'],
    ['NaN', 'let x: f64 = f64::NAN;'],
    ['-Infinity', 'let x: f64 = f64::NEG_INFINITY;'],
    ['1E400', 'let x: f64 = f64::INFINITY; // beyond the range of a double'],
    ['"µm 😀"', 'let x: &\'static str = "µm 😀";'],
    [
      '"a\\u0000\\"\u202e\\udb40\\udc41{x}\'"',
      'let x: &\'static str = "a\\u{0}\\"\\u{202e}\\u{e0041}{x}\'";',
    ],
    ['[]', 'let x: Vec<f64> = vec![];'],
    ['[1, 2]', 'let x: Vec<i64> = vec![1, 2];'],
    ['[1, 2.5]', 'let x: Vec<f64> = vec![1.0, 2.5];'],
    ['[1, 9223372036854775808]', 'let x: Vec<i128> = vec![1, 9223372036854775808];'],
    ['[1.5, null]', 'let x: Vec<Option<f64>> = vec![Some(1.5), None];'],
    ['[null]', 'let x: Vec<Option<()>> = vec![None];'],
    ['["a"]', 'let x: Vec<&\'static str> = vec!["a"];'],
    ['[[1], [2.5]]', 'let x: Vec<Vec<f64>> = vec![vec![1.0], vec![2.5]];'],
    ['[1, "a"]', 'let x: &\'static str = "[1,\\"a\\"]"; // JSON text'],
    ['[9007199254740993, 2.5]', 'let x: &\'static str = "[9007199254740993,2.5]"; // JSON text'],
    ['{"a": 1}', 'let x: &\'static str = "{\\"a\\":1}"; // JSON text'],
  ]
  for (const [json, expected] of table) t.equal(code(`{"x": ${json}}`), expected, label(json))
})

t.test('names of Rust keep themselves, others are mapped', async (t) => {
  const table: [sent: string[], variables: string[], declared?: string[]][] = [
    [
      ['x', 'größe', '名前', '_x', 'T', 'e\u0301'],
      ['x', 'größe', '名前', '_x', 'T', 'e\u0301'],
    ],
    [
      ['type', 'fn', 'self', 'Self', 'async', 'gen', 'None', 'Some', 'drop', 'evcxr_variable_store'],
      [
        'type_',
        'fn_',
        'self_',
        'Self_',
        'async_',
        'gen_',
        'None_',
        'Some_',
        'drop_',
        'evcxr_variable_store_',
      ],
    ],
    [
      ['2nd', '', '_', 'a-b', 'x😀'],
      ['x_2nd', 'x_', 'x__', 'a_b', 'x__2'],
    ],
  ]
  for (const [sent, expected, declared] of table) {
    const { variables } = nameVariables(sent, rust.identifiers, new Set(declared))
    t.strictSame(variables, expected, label(sent.join(' ')))
  }
})

t.test(
  'a variable keeps the type that the parameters cell declares, when it can hold the value',
  async (t) => {
    const table: [parameters: string, json: string, code: string][] = [
      ['let x = 20.0;', '21', 'let x: f64 = 21.0;'],
      ['let mut x: f64 = 20.0;', '21', 'let x: f64 = 21.0;'],
      ['let x: usize = 1;', '2', 'let x: usize = 2;'],
      ['let x: usize = 1;', '-2', 'let x: i64 = -2;'],
      ['let x: i32 = 1;', '3000000000', 'let x: i64 = 3000000000;'],
      ['let x: Option<f64> = None;', '2', 'let x: Option<f64> = Some(2.0);'],
      ['let x: Option<f64> = None;', 'null', 'let x: Option<f64> = None; // not set'],
      ['let x: Vec<f64> = vec![];', '[1]', 'let x: Vec<f64> = vec![1.0];'],
      ['let x: Vec<Vec<f64>> = Vec::new();', '[]', 'let x: Vec<Vec<f64>> = vec![];'],
      ['let x = String::from("a");', '"b"', 'let x: String = String::from("b");'],
      [
        'let x: String = "a".into();',
        '{"a": 1}',
        'let x: String = String::from("{\\"a\\":1}"); // JSON text',
      ],
      ['let x: &str = "a";', '"b"', 'let x: &\'static str = "b";'],
      ['let x: bool = true;', '1', 'let x: i64 = 1;'],
    ]
    for (const [parameters, json, expected] of table)
      t.equal(code(`{"x": ${json}}`, parameters), expected, label(`${parameters} ${json}`))
  },
)

/** Where a cell of megabytes begins and ends, for people who read why a test failed. */
const ends = (cell: string) => `${cell.slice(0, 100)} … ${cell.slice(-100)}`

t.test('long lists are not made by the macro, long tables are cut from one list', async (t) => {
  const list = (count: number) => `{"x": ${JSON.stringify(Array(count).fill(1))}}`
  t.match(ends(code(list(1000))), /^let x: Vec<i64> = vec!\[\n.*\n\];$/s)
  t.match(ends(code(list(1001))), /^let x: Vec<i64> = \[\n.*\n\]\.to_vec\(\);$/s)
  const rows = (count: number, last = 2) =>
    `{"x": ${JSON.stringify([...Array(count - 1).fill([1, 2]), Array(last).fill(1)])}}`
  t.match(ends(code(rows(999))), /^let x: Vec<Vec<i64>> = vec!\[\n {4}vec!\[1, 2\],/)
  t.match(
    ends(code(rows(1000))),
    /^let x: Vec<Vec<i64>> = \[\n {4}1, 2, 1, 2,.*\n\]\.chunks\(2\)\.map\(\|row\| row\.to_vec\(\)\)\.collect\(\);$/s,
  )
  t.match(ends(code(rows(1999, 3))), /^let x: Vec<Vec<i64>> = vec!\[\n/, 'rows of several lengths')
  t.match(ends(code(rows(2000, 3))), /^let x: &'static str = .* \/\/ JSON text$/, 'too many of them')
})
