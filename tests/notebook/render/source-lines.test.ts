import fc from 'fast-check'
import t from 'tap'
import { jsonBytes, sourceLines } from '../../../service/notebook/render/source-lines.ts'

const between = ',\n    '

/** The same lines, made in the slow way. */
function expected(source: string): string {
  return source
    .split(/(?<=\n)/)
    .map((line) => JSON.stringify(line))
    .join(between)
}

function shown(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}

t.test('every character below U+0300, at each of eight places', async (t) => {
  const wrong: string[] = []
  for (let code = 0; code < 0x300; code++) {
    const character = String.fromCharCode(code)
    for (let place = 0; place < 8; place++) {
      const source = 'x'.repeat(4096 + place) + character + 'y'.repeat(5)
      if (shown(sourceLines(source, between)) !== expected(source)) wrong.push(`${code} at ${place}`)
      if (shown(jsonBytes(source)) !== JSON.stringify(source)) wrong.push(`${code} at ${place}, as one text`)
    }
  }
  t.strictSame(wrong, [])
})

t.test('a character of two or four bytes is whole wherever the bytes are cut', async (t) => {
  for (const character of ['µ', 'Ω', '😀', '\n', '"', '\u2028']) {
    for (let place = 4090; place < 4100; place++) {
      const source = 'x'.repeat(place) + character.repeat(5000)
      t.equal(shown(sourceLines(source, between)), expected(source), `${character} at ${place}`)
    }
  }
})

t.test('a line feed at the end begins no line', async (t) => {
  for (const length of [10, 4095, 4096, 4097, 8192, 20_000]) {
    const source = `${'x'.repeat(length)}\n`
    t.equal(shown(sourceLines(source, between)), JSON.stringify(source))
  }
  t.equal(shown(sourceLines('', between)), '""')
})

t.test('any text', async (t) => {
  const character = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('"', '\\', '\n', '\r', '\0', 'a', ' ') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  )
  const text = fc
    .array(character, { minLength: 1, maxLength: 40 })
    .chain((few) => fc.integer({ min: 1, max: 600 }).map((times) => few.join('').repeat(times)))
  fc.assert(fc.property(text, (source) => shown(sourceLines(source, between)) === expected(source)))
  fc.assert(fc.property(text, (source) => shown(jsonBytes(source)) === JSON.stringify(source)))
  t.pass()
})
