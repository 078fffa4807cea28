import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { cOracle, cOracleAtFileScope } from './c-oracle.ts'

t.test('C gets every difficult value as the table in the docs says', async (t) => {
  await checkCases(t, cOracle, casesOf('c', difficultParameters({ nul: false, random: 1000 })))
})

t.test('C gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  await checkCases(t, cOracle, casesOf('c', all))
})

t.test('C takes every character of Unicode in texts', async (t) => {
  const texts = inPieces(everyCharacter({ nul: false }), 8000).map((piece) =>
    JSON.stringify({ x: piece.join('') }),
  )
  await checkCases(t, cOracle, casesOf('c', texts))
})

t.test('a cell stands at file scope as well, without any header before it', async (t) => {
  const params =
    '{"a": NaN, "b": -Infinity, "c": [1.5, NaN], "d": [], "e": -9223372036854775808, "f": ["x??/", "µ"], "g": {"h": null}}'
  await checkCases(t, cOracleAtFileScope, casesOf('c', [params]))
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, fault: RegExp | undefined][] = [
    ['{"x": 1}', 'int x = 1;', undefined],
    ['{"x": 1}', 'double x = 1;', /double 1, wanted int 1/],
    ['{"x": 1}', 'int x = 2;', /int 2, wanted int 1/],
    ['{"x": 1}', 'int x = "1";', /does not compile/],
    ['{"x": 1}', 'int x = (', /ERROR|MISSING|;/],
    ['{"x": 1}', 'int x = 1; }', /ERROR/],
    ['{"x": 1}', 'int y = 1;', /does not compile/],
    ['{"x": 1}', 'int x = getchar();', /call_expression/],
    ['{"x": 1}', 'int x = 1; getchar();', /expression_statement/],
    ['{"x": 3}', 'int x = 1 + 2;', /binary_expression/],
    ['{"x": 1}', '#include "other.h"\nint x = 1;', /preproc_include/],
    ['{"x": "??/"}', 'const char *x = "??/"; /* */";', /does not compile|ERROR/],
    ['{"x": "a"}', 'const char *x = "a";', undefined],
  ]
  const faults = await cOracle(table.map(([params, source]) => ({ params, source, names: { x: 'x' } })))
  for (const [index, [, source, fault]] of table.entries())
    t.match(faults[index] ?? 'nothing', fault ?? /^nothing$/, source)
})
