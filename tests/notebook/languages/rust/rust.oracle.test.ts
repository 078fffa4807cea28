import t from 'tap'
import { rust } from '../../../../service/notebook/languages/rust/rust.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type OracleCase } from '../../oracle.ts'
import { posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { run } from '../shared/compiled-oracle.ts'
import { rustCompiler, rustOracle } from './rust-oracle.ts'

t.test(
  'Rust gets every difficult value with its type, and nothing but assignments of literals',
  async (t) => {
    const own = [
      `{"x": [${2n ** 127n - 1n}, -${2n ** 127n}, 1], "y": ${2n ** 127n}, "z": [${2n ** 127n}]}`,
      '{"x": [1.5, null, 2], "y": [null, "a"], "z": [[null], [true, null], []], "u": [null, []]}',
    ]
    await checkCases(
      t,
      rustOracle,
      casesOf('rust', [...difficultParameters({ nul: true, random: 1500 }), ...own]),
    )
  },
)

t.test('Rust gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, rustOracle, casesOf('rust', all))
})

t.test('Rust takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, rustOracle, casesOf('rust', texts))
  const letters = characters.filter((character) => rust.identifiers.valid.test(`x${character}`))
  t.ok(letters.length > 40_000)
  // Of the many Chinese and Korean ones every twentieth.
  const names = letters.filter((letter, index) => letter < '\u3000' || index % 20 === 0)
  const cells = inPieces(names, 2000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`x${character}`, 1]))),
  )
  await checkCases(t, rustOracle, casesOf('rust', cells))
})

t.test(
  'a cell can be run again, and a variable keeps the type that the parameters cell declares',
  async (t) => {
    const parameters = `let a = 20.0;
let mut b: f64 = 1.5;
let c: Vec<f64> = vec![];
let d = String::from("x");
let e: Option<f64> = None;
let f: usize = 5;
let g: i32 = 5;
let h: &str = "x";
let i: usize = 5;`
    const params =
      '{"a": 21, "b": 2, "c": [1, 2], "d": "y", "e": 3, "f": 6, "g": 7, "h": "z", "i": -1, "j": null, "k": ["u"]}'
    const [cell] = casesOf('rust', [params], parameters) as [OracleCase]
    t.match(cell.source, /^let d: String = String::from\("y"\);$/m)
    t.match(cell.source, /^let f: usize = 6;$/m)
    t.match(cell.source, /^let g: i32 = 7;$/m)
    t.match(cell.source, /^let i: i64 = -1;$/m)
    const uses = 'let d: &\'static str = "y"; let f = f as i64; let g = g as i64;'
    const whole = { ...cell, source: [parameters, cell.source, cell.source, uses].join('\n') }
    const { lines, fault } = run(rustCompiler, rustCompiler.program([whole]))
    t.equal(fault, undefined)
    t.strictSame(lines?.get(0), [
      'f64 4035000000000000',
      'f64 4000000000000000',
      'f64[] (3ff0000000000000 4000000000000000)',
      'str 79',
      'f64? 4008000000000000',
      'i64 6',
      'i64 7',
      'str 7a',
      'i64 -1',
      '()? none',
      'str[] (75)',
    ])
  },
)

t.test('long lists are not too much for a compiler', async (t) => {
  const cases = casesOf('rust', [
    JSON.stringify({ x: Array.from({ length: 50_000 }, (_, index) => index / 8) }),
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => `name ${index}`) }),
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => (index % 9 ? index : null)) }),
    JSON.stringify({ x: Array.from({ length: 10_000 }, (_, index) => [index, index / 4]) }),
    JSON.stringify({ x: Array.from({ length: 1000 }, (_, index) => [index % 9 ? index / 4 : null, 5]) }),
    JSON.stringify({ x: Array.from({ length: 1000 }, (_, index) => Array(index % 3).fill('a')) }),
  ])
  await checkCases(t, rustOracle, cases)
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'let x: i64 = 1;', true],
    ['{"x": 1}', 'let x: i128 = 1;', false],
    ['{"x": 1}', 'let x: f64 = 1.0;', false],
    ['{"x": 1}', 'let x: i64 = 2;', false],
    ['{"x": 1}', 'let x: i64 = (', false],
    ['{"x": 1}', 'let x: i64 = "1";', false],
    ['{"x": 1}', 'let x: i64 = 1; let y: i64 = 2;', false],
    ['{"x": 1}', 'let x: i64 = i64::abs(1);', false],
    ['{"x": 1}', 'let y: i64 = 1;', false],
    ['{"x": 1}', 'let x: i64 = { 1 };', false],
    ['{"x": "a"}', 'let x: &\'static str = env!("HOME");', false],
    ['{"x": "a"}', 'let x: String = "a".to_string();', false],
    ['{"x": -0.0}', 'let x: f64 = 0.0;', false],
    ['{"x": [1, 2]}', 'let x: Vec<i64> = vec![2, 1];', false],
    ['{"x": [1, 2]}', 'let x: Vec<i64> = vec![1, i64::abs(2)];', false],
    ['{"x": [1, 2]}', 'let x: Vec<i64> = vec![1, { std::process::exit(0) }];', false],
    ['{"x": [1, null]}', 'let x: Vec<Option<i64>> = vec![Some(1), Some(2)];', false],
    ['{"x": null}', 'let x: () = ();', false],
    ['{"x": 1}', 'let x: i64 = 1;', true],
  ]
  const cases = table.map(([params, source]): OracleCase => ({ params, source, names: { x: 'x' } }))
  const faults = await rustOracle(cases)
  for (const [index, [, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, source)
})
