/** Writes parser.ts and parser.terms.ts beside r.grammar from it; with `--check`, only tells whether they are what it would write. */
import { readFileSync, writeFileSync } from 'node:fs'
import { buildParserFile } from '@lezer/generator'

const at = (name) => new URL(`../../service/notebook/languages/r/grammar/${name}`, import.meta.url)
const { parser, terms } = buildParserFile(readFileSync(at('r.grammar'), 'utf8'), {
  fileName: 'r.grammar',
  moduleStyle: 'es',
  typeScript: true,
  warn: (message) => {
    throw new Error(message)
  },
})
const files = { 'parser.ts': parser.replaceAll('.terms"', '.terms.ts"'), 'parser.terms.ts': terms }
let isCurrent = true
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(at(name), text)
  else if (readFileSync(at(name), 'utf8') !== text) isCurrent = false
}
if (!isCurrent) {
  console.error('The parser is not made from this grammar.')
  process.exitCode = 1
}
