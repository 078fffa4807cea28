import fc from 'fast-check'
import t from 'tap'
import { createWalk, type Walk } from '../../../service/notebook/json/walk.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { label, thrown } from '../support.ts'

const walkOf = (text: string | Uint8Array, start = 0): Walk =>
  createWalk(Buffer.from(text), start, () => undefined)

/** Whether all of a text is one JSON value, as a walk sees it. */
function isJson(bytes: Uint8Array): boolean {
  try {
    const walk = createWalk(bytes, 0, () => undefined)
    walk.skip()
    walk.end()
    return true
  } catch (error) {
    if (error instanceof TemplateFault) return false
    throw error
  }
}

/** The same as the engine sees it. */
function isJsonToEngine(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const settings = { numRuns: 3000, seed: 4 }

t.test('a walk takes what is JSON and refuses what is not', async (t) => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    'u',
    '00e9',
    'null',
    'true',
    'false',
    '-',
    '0',
    '1.5',
    'e',
  ]
  const soup = fc.array(
    fc.constantFrom(...pieces, ' ', '\n', '\r', '\t', '"a"', '"é":', 'NaN', '/**/', '\0', '+'),
  )
  const texts = fc.oneof(
    soup.map((parts) => parts.join('')),
    fc.json(),
    // One character of a JSON text changed, left out or added.
    fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces, ' ', '\n', 'é', ''), fc.nat(2)).map(spoil),
  )
  const count = { yes: 0, no: 0 }
  fc.assert(
    fc.property(texts, (text) => {
      const expected = isJsonToEngine(text)
      count[expected ? 'yes' : 'no']++
      return isJson(Buffer.from(text)) === expected
    }),
    settings,
  )
  t.ok(count.yes > 500 && count.no > 500, `${count.yes} are, ${count.no} are not`)
})

function spoil([json, place, piece, length]: [string, number, string, number]): string {
  const at = place % (json.length + 1)
  return json.slice(0, at) + piece + json.slice(at + length)
}

t.test(
  'every byte in a string, wherever in the file it lies, is taken or refused like the engine does',
  async (t) => {
    const wrong: string[] = []
    for (let length = 0; length < 48; length++) {
      for (let code = 0; code < 0x80; code++) {
        const text = `["${'a'.repeat(length)}${String.fromCharCode(code)}${'b'.repeat(length % 7)}"]`
        // Every place that a file may begin at in the machine's memory.
        const bytes = Buffer.from(`${' '.repeat(length % 5)}${text}`).subarray(length % 5)
        if (isJson(bytes) !== isJsonToEngine(text)) wrong.push(label(text))
      }
    }
    t.same(wrong, [])
    for (const end of ['"', '\\', '\\"', '\\u', '\\u00e', '\\x"', '\\u00g0"']) {
      const text = `"${'a'.repeat(40)}${end}`
      t.equal(isJson(Buffer.from(text)), isJsonToEngine(text), label(text))
    }
  },
)

t.test('spans and names are those of the value', async (t) => {
  const layouts = [undefined, 1, '\t']
  const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
  const isRead = fc.property(objects, fc.constantFrom(...layouts), (object, layout) => {
    const walk = walkOf(` \r\n${JSON.stringify(object, null, layout)}\n`)
    const members: [string, unknown][] = []
    const whole = walk.object((name) => members.push([name, walk.parse(walk.skip())]))
    walk.end()
    const copy = JSON.stringify(Object.fromEntries(members))
    return copy === JSON.stringify(object) && JSON.stringify(walk.parse(whole)) === copy
  })
  t.doesNotThrow(() => fc.assert(isRead, settings))
})

t.test('a fault says line and column, in the characters that an editor shows', async (t) => {
  const table: [text: string, line: number, column: number][] = [
    ['', 1, 1],
    ['{"a": x}', 1, 7],
    ['{"é😀": x}', 1, 8],
    ['{\n "a": 1,\n "é": \u{1f600}}', 3, 7],
    ['{\r\n"a": 1\r\n"b": 2}', 3, 1],
    ['{\r"a": 1\r"b": 2}', 3, 1],
    ['["é\u0301", "a\tb"]', 1, 10],
    ['["é", "a\\x"]', 1, 9],
    ['["é", "a]', 1, 7],
    ['[1, 01]', 1, 6],
    ['[1.]', 1, 2],
    ['[1,]', 1, 4],
    ['{"a": 1} // b', 1, 10],
    ['\ufeff{"a": x}', 1, 7],
  ]
  for (const [text, line, column] of table) {
    const walk = () => {
      const walk = walkOf(text, text.startsWith('\ufeff') ? 3 : 0)
      walk.skip()
      walk.end()
    }
    t.match(thrown(walk), { reason: `it is not valid JSON (line ${line}, column ${column})` }, label(text))
  }
})

t.test('what is wrong with a text or a number is said', async (t) => {
  const table: [text: string, why: RegExp][] = [
    ['["a\nb"]', /: a string contains a control character$/],
    ['["a]', /: a text has no end$/],
    ['["\\x"]', /: a string contains an invalid escape$/],
    ['["\\u12g4"]', /: a \\u is not followed by four hexadecimal digits$/],
    ['[-]', /: a number is not written as JSON has it$/],
    [`[${'9'.repeat(4301)}]`, /: a number has more than 4300 digits$/],
    ['[NaN]', /column 2\): JSON has no NaN and no Infinity: /],
  ]
  for (const [text, why] of table)
    t.match((thrown(() => walkOf(text).skip()) as TemplateFault).reason, why, text)
  t.ok(isJson(Buffer.from(`[${'9'.repeat(4300)}, 1.${'9'.repeat(5000)}]`)))
})

t.test('it nests three hundred levels deep and no deeper', async (t) => {
  const nested = (levels: number) => Buffer.from(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`)
  t.ok(isJson(nested(300)))
  t.notOk(isJson(nested(302)))
  t.notOk(isJson(Buffer.from('['.repeat(1e6))), 'a million do not break it')
})

t.test('an object that is gone through names nothing twice', async (t) => {
  const many = Array.from({ length: 100 }, (_, index) => `"n${index}": 1`)
  const table: [names: string[], twice: string][] = [
    [['"a": 1', '"b": 2', '"\\u0061": 3'], 'a'],
    [[...many, '"n50": 2'], 'n50'],
    [['"__proto__": 1', '"__proto__": 2'], '__proto__'],
  ]
  for (const [names, twice] of table) {
    const walk = walkOf(`{${names.join()}}`)
    t.match(
      thrown(() => walk.object(() => walk.skip())),
      {
        reason: `the member "${twice}" appears twice in one object`,
      },
    )
    t.ok(isJson(Buffer.from(`{${names.join()}}`)), 'one that is passed over may')
  }
})
