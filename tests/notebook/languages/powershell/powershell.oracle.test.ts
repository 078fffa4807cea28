import t from 'tap'
import { powershell } from '../../../../service/notebook/languages/powershell.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { powershellOracle } from './powershell-oracle.ts'

t.test('PowerShell gets every difficult value with its type, by its grammar', async (t) => {
  const all = difficultParameters({ nul: true, random: 1000 })
  const own = [
    '{"x": "\' \u2018 \u2019 \u201a \u201b \\" \u201c \u201d \u201e", "y": "\\n\' \u2018\u2019 \\" \u201c\u201d \u201e $x `"}',
    '{"x": {"a": 1, "A": 2}, "y": [{"\u200d": 1, "": 2}], "z": {"\u00e9": {"b": 1}, "e\u0301": 2}, "ok": {"a": 1, "b": 2}}',
    '{"x": [[]], "y": [[[1]]], "z": [{}], "w": [[1], [2]], "v": [{"a": [[null]]}]}',
    `{"x": -${'9'.repeat(500)}}`,
    '{"Größe": 1, "größe": 2, "GRÖSSE": 3, "2nd": 4, "1": 5, "PID": 6, "_": 7, "": 8, "𝐱": 9}',
  ]
  await checkCases(t, powershellOracle, casesOf('powershell', [...all, ...own]))
})

t.test('PowerShell gets what every button of the real SampleDB sent', async (t) => {
  const all = posts().map((post) => post.params_text)
  t.equal(all.length, 27)
  await checkCases(t, powershellOracle, casesOf('powershell', all))
})

t.test('PowerShell takes every character of Unicode in texts and in names', async (t) => {
  const characters = everyCharacter({ nul: true })
  const texts = inPieces(characters, 20_000).map((piece) => JSON.stringify({ x: piece.join('') }))
  const quotes = inPieces(characters, 200)
    .slice(0, 60)
    .map((piece) => JSON.stringify({ x: piece.filter((character) => !/\p{C}/u.test(character)) }))
  await checkCases(t, powershellOracle, casesOf('powershell', [...texts, ...quotes]))
  const letters = characters.filter((character) => powershell.identifiers.valid.test(character))
  t.ok(letters.length > 40_000)
  t.strictSame(
    letters.filter((character) => !/^[\p{L}\p{Nd}_]$/u.test(character) || character.length > 1),
    [],
    'char.IsLetterOrDigit',
  )
})

t.test('the oracle finds what is wrong, and judges the others all the same', async (t) => {
  const table: [params: string, source: string, right: boolean][] = [
    ['{"x": 1}', '$x = 1', true],
    ['{"x": 1}', '$x = 1.0', false],
    ['{"x": 1}', "$x = '1'", false],
    ['{"x": 1}', '$x = (', false],
    ['{"x": 1}', '$x = 1; $y = 2', false],
    ['{"x": 1}', '$x = 1 + 0', false],
    ['{"x": 1}', '$x = [int]::Parse(1)', false],
    ['{"x": 1}', '$x = $y', false],
    ['{"x": 1}', 'Get-Date', false],
    ['{"x": 9223372036854775808}', '$x = 9223372036854775808', false],
    ['{"x": "a"}', '$x = "$(a)"', false],
    ['{"x": "a"}', '$x = "$a"', false],
    ['{"x": "\u2019"}', "$x = '\u2019'", false],
    ['{"x": "\u201d\\n"}', '$x = "\u201d`n"', false],
    ['{"x": -0.0}', '$x = 0.0', false],
    ['{"x": [[1]]}', '$x = @(@(1))', false],
    ['{"x": [1]}', '$x = 1', false],
    ['{"x": {"a": 1}}', "$x = @{'a' = 1}", false],
    ['{"x": {"a": 1, "A": 2}}', "$x = [ordered]@{'a' = 1; 'A' = 2}", false],
    ['{"x": 1}', '$x = 1', true],
  ]
  const faults = await powershellOracle(
    table.map(([params, source]) => ({ params, source, names: { x: 'x' } })),
  )
  for (const [index, [params, source, right]] of table.entries())
    t.equal(faults[index] === undefined, right, label(`${source} for ${params}: ${faults[index]}`))
})
