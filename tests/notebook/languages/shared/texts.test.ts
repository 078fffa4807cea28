import t from 'tap'
import { textWriter, unicodeEscape } from '../../../../service/notebook/languages/shared/texts.ts'

t.test('a text of any length is quoted, also where MAX_PARAMS_BYTES is set higher', async (t) => {
  const write = textWriter(unicodeEscape)
  const long = `日${'[1],'.repeat(2 ** 21)}`
  t.ok(write(long) === `"${long}"`)
  t.ok(write(`${long}"\n\u202e`) === `"${long}\\"\\n\\u202e"`)
})

t.test('a language whose own marks would pass as harmless is refused when it is loaded', async (t) => {
  for (const perl of [/@/g, /@(?=\w)/g, /\$|(?<=\w)@/g])
    t.throws(() => textWriter(unicodeEscape, [[perl, '\\@']]), { message: /harmless/ })
  t.equal(textWriter(unicodeEscape, [[/\$/g, '\\$']])('a $b'), '"a \\$b"')
})
