import t from 'tap'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { bashOracle, interactiveBashOracle } from './bash-oracle.ts'

// Single quotes, what history expansion looks for, and what an array could take for something else.
const own = [
  '{"x": "it\'s !x !! !$ \'!x\'", "y": ["\'", "!", "\\n!\'", "[0]=1", "a=b", "*", "~", "$x", "#"], "a!b\'c": "#"}',
  '{"x": ["\\\\", "\\\\\'", "\'\\\\", "`id`", "$(id)", "a[$(id)]"], "y": "a[$(id >&2)]", "z": "1 + 1"}',
  '{"if": 1, "time": 2, "in": 3, "do": 4, "function": 5, "name": 6, "x y": [], "x-y": [1]}',
]

t.test(
  'Bash gets every difficult value as the table in the docs says, whatever its variables were',
  async (t) => {
    const all = [...difficultParameters({ nul: false, random: 1500 }), ...own]
    await checkCases(t, bashOracle, casesOf('bash', all))
  },
)

t.test('and an interactive Bash, which bash_kernel hands it line by line', async (t) => {
  const all = [...difficultParameters({ nul: false, random: 150 }), ...own]
  await checkCases(t, interactiveBashOracle, casesOf('bash', all))
})

t.test('Bash gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, bashOracle, casesOf('bash', all))
  await checkCases(
    t,
    interactiveBashOracle,
    casesOf(
      'bash',
      all.filter((text) => text !== '{}'),
    ),
  )
})

t.test('Bash takes every character of Unicode in texts', async (t) => {
  const texts = inPieces(everyCharacter({ nul: false }), 20_000).map((piece) =>
    JSON.stringify({ x: piece.join(''), y: [piece.join('').slice(0, 100)] }),
  )
  await checkCases(t, bashOracle, casesOf('bash', texts))
  await checkCases(t, interactiveBashOracle, casesOf('bash', texts.slice(0, 4)))
})

t.test('the oracles find what is wrong, and judge the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', 'unset -v x\nx=1', true],
    ['{"x": 1}', 'x=1', false],
    ['{"x": 1}', 'unset -v x\nx=(1)', false],
    ['{"x": [1]}', 'unset -v x\nx=1', false],
    ['{"x": 1}', 'unset -v x\nx=$((1))', false],
    ['{"x": 1}', 'unset -v x\nx=1 y=2', false],
    ['{"x": 1}', 'unset -v x\nx=1\necho', false],
    ['{"x": "a"}', 'unset -v x\nx="a"', false],
    ['{"x": "~"}', 'unset -v x\nx=~', false],
    ['{"x": "a"}', "unset -v x\nx='a", false],
    ['{"x": "a!x"}', 'unset -v x\nx=a!x', false],
    ['{"x": ["a", "b"]}', "unset -v x\nx=('a b')", false],
    ['{"x": 1}', 'unset -v x\nx=1', true],
  ]
  const cases = table.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
  const faults = await bashOracle(cases)
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
  const inTerminal = await interactiveBashOracle([
    { params: '{"x": "a!x"}', source: 'unset -v x\nx=a!x', names: { x: 'x' } },
    { params: '{"x": "a\\tb"}', source: "unset -v x\nx='a\tb'", names: { x: 'x' } },
    { params: '{"x": 1}', source: 'unset -v x\nx=1', names: { x: 'x' } },
  ])
  t.match(inTerminal, [/event not found|word/, /text/, undefined], 'history and completion')
})
