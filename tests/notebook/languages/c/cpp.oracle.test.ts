import t from 'tap'
import { cpp } from '../../../../service/notebook/languages/c/cpp.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type OracleCase } from '../../oracle.ts'
import { cellOf, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { compiledOracle, run } from '../shared/compiled-oracle.ts'
import { cppCompiler, cppOracle } from './cpp-oracle.ts'

const by = (...options: string[]) => ({
  ...cppCompiler,
  compile: ['g++', ...options, '-O0', '-w', '-o', 'program', 'cells.cpp'] as const,
})

t.test('C++ gets every difficult value with its type, and nothing but assignments of literals', async (t) => {
  await checkCases(t, cppOracle, casesOf('c++', difficultParameters({ nul: true, random: 1000 })))
})

t.test('and by the newest standard as well', async (t) => {
  const newest = compiledOracle(by('-std=c++20', '-pedantic-errors'))
  await checkCases(t, newest, casesOf('c++', difficultParameters({ nul: true, random: 100 })))
})

t.test('C++ gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, cppOracle, casesOf('c++', all))
})

t.test('C++ takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  await checkCases(t, cppOracle, casesOf('c++', texts))
  const letters = characters.filter((character) => cpp.identifiers.valid.test(`x${character}`))
  t.ok(letters.length > 40_000)
  // Of the many Chinese and Korean ones every twentieth.
  const names = letters.filter((letter, index) => letter < '\u3000' || index % 20 === 0)
  const cells = inPieces(names, 2000).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`x${character}`, 1]))),
  )
  await checkCases(t, cppOracle, casesOf('c++', cells))
})

const everything =
  '{"a": NaN, "b": -Infinity, "c": [1.5, NaN], "d": [], "e": -9223372036854775808, "f": ["x??/", "µ"], "g": {"h": null}, "i": true, "j": null}'

t.test('a cell stands at the top level as well, with nothing before it', async (t) => {
  const { source } = cellOf('c++', everything)
  for (const standard of ['c++11', 'c++17', 'c++23']) {
    const compiler = by(`-std=${standard}`, '-pedantic-errors', '-include', 'cstdio')
    const { lines, fault } = run(compiler, `${source}\nint main() { puts("cell 0"); puts(f[0].c_str()); }`)
    t.equal(fault, undefined, standard)
    t.strictSame(lines?.get(0), ['x??/'])
  }
})

t.test('what the parameters cell declares is set, not declared once more', async (t) => {
  const parameters = `double a = 20.0;
int b = 1;
std::string c = "x";
std::vector<double> d = {1.5};
std::vector<std::vector<double>> e;
auto f = 1.5;
const char *g = "x";
bool h = false;
std::vector<std::string> i;
long long j = 5;
std::string k;`
  const table: [params: string, printed: string[]][] = [
    [
      '{"a": 21, "b": 2, "c": "y", "d": [1, 2], "e": [], "f": 2, "h": true, "i": ["z"], "j": 6, "k": {"l": 1}}',
      [
        'double 4035000000000000',
        'int 2',
        'string 79',
        'double[] (3ff0000000000000 4000000000000000)',
        'double[][] ()',
        'double 4000000000000000',
        'bool 1',
        'string[] (7a)',
        'long 6',
        'string 7b226c223a317d',
      ],
    ],
    [
      `{"i": ${JSON.stringify(Array(1001).fill('z'))}, "d": [], "c": "\\u0000"}`,
      [`string[] (${Array(1001).fill('7a').join(' ')})`, 'double[] ()', 'string 00'],
    ],
    [
      `{"e": [${Array(300).fill('[1,2]')}]}`,
      [`double[][] (${Array(300).fill('(3ff0000000000000 4000000000000000)').join(' ')})`],
    ],
  ]
  for (const [params, printed] of table) {
    const [cell] = casesOf('c++', [params], parameters) as [OracleCase]
    const whole = {
      ...cell,
      source: `${parameters}\n${cell.source}\n${cell.source.replace(/^(const char|std::initializer_list).*?;$/ms, '')}`,
    }
    const { lines, fault } = run(cppCompiler, cppCompiler.program([whole]))
    t.equal(fault, undefined)
    t.strictSame(lines?.get(0), printed)
  }
})

t.test('long lists are not too much for a compiler', async (t) => {
  const rows = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => [index, index / 4]))
  const cases = casesOf('c++', [
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => index / 8) }),
    JSON.stringify({ x: Array.from({ length: 20_000 }, (_, index) => `name ${index}`) }),
    JSON.stringify({ x: Array.from({ length: 400 }, (_, index) => (index === 7 ? '\0' : 'a')) }),
    `{"x": ${rows}}`,
    JSON.stringify({ x: Array.from({ length: 300 }, (_, index) => Array(index % 4).fill(true)) }),
  ])
  await checkCases(t, cppOracle, cases)
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'int x = 1;', true],
    ['{"x": 1}', 'long long x = 1;', false],
    ['{"x": 1}', 'double x = 1;', false],
    ['{"x": 1}', 'int x = 2;', false],
    ['{"x": 1}', 'int x = (', false],
    ['{"x": 1}', 'int x = "1";', false],
    ['{"x": 1}', 'int x = 1; int y = 2;', false],
    ['{"x": 1}', 'int x = abs(1);', false],
    ['{"x": 1}', 'int y = 1;', false],
    ['{"x": 1}', 'int x = x;', false],
    ['{"x": 1}', '#include <cstdlib>\nint x = 1;', false],
    ['{"x": "a"}', 'const char *x = "a";', false],
    ['{"x": "a"}', '#include <string>\nstd::string x = "a", y;', false],
    ['{"x": "a"}', "#include <string>\nstd::string x = std::string(1, 'a');", false],
    ['{"x": "a\\u0000"}', '#include <string>\nstd::string x = "a\\000";', false],
    ['{"x": -0.0}', 'double x = 0.0;', false],
    ['{"x": [1, 2]}', '#include <vector>\nstd::vector<int> x = {2, 1};', false],
    ['{"x": [1, 2]}', '#include <vector>\nstd::vector<int> x = {1, abs(2)};', false],
    ['{"x": null}', 'int x = 0;', false],
    ['{"x": 1}', 'int x = 1;', true],
  ]
  const cases = table.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
  const faults = await cppOracle(cases)
  for (const [index, [, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, source)
})
