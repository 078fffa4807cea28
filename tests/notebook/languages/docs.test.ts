import { readFileSync } from 'node:fs'
import t from 'tap'
import { languages } from '../../../service/notebook/languages/index.ts'
import { inProject } from '../../support/paths.ts'

const read = (name: string) => readFileSync(inProject(name), 'utf8')

/** Every language as the docs name it; MATLAB/Octave is two. */
const names = languages.flatMap(({ name }) => name.split('/')).sort()

/** What the rows of a table are about: the names in its first column, sorted. */
function rowsOf(page: string, header: string): string[] {
  const [, table] = page.split(header)
  const rows = table!.slice(0, table!.indexOf('\n\n')).split('\n').slice(2)
  return rows.flatMap((row) => row.split('|')[1]!.trim().split(', ')).sort()
}

t.test('every language has its row in each table of docs/languages.md', async (t) => {
  const page = read('docs/languages.md')
  for (const header of [
    '| language | null |',
    '| language | declared as a text |',
    '| language | who runs the cells |',
  ])
    t.strictSame(rowsOf(page, header), names, header)
})

t.test('every language is named in the README', async (t) => {
  const sentence = /languages get values as literals[^(]*/.exec(read('README.md'))?.[0] ?? ''
  const listed = sentence
    .slice(sentence.lastIndexOf(':') + 1)
    .split(/,\s+|\s+and\s+/)
    .map((name) => name.trim())
  t.strictSame(listed.sort(), names)
})
