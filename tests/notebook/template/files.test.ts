import t from 'tap'
import { templateOf } from '../support.ts'

const faultOf = (files: unknown) => {
  try {
    templateOf('python', undefined, { files })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

t.test('files beside a template, and in folders below it', async (t) => {
  const files = ['helper.py', 'data/ref.csv', 'Größe (2).txt', `${'a'.repeat(240)}.csv`]
  t.strictSame(templateOf('python', undefined, { files }).settings.files, files)
  t.strictSame(templateOf('python', undefined, { files: null }).settings.files, [])
})

t.test('what could lead elsewhere, or would not come as it is, is a fault of the template', async (t) => {
  const twenty = Array.from({ length: 20 }, (_, n) => `${n}.csv`)
  t.equal(faultOf(twenty), undefined)
  const table: [label: string, files: unknown, fault: RegExp][] = [
    ['no list', 'helper.py', /is not a list of at most 20 paths/],
    ['no texts', [1], /is not a list/],
    ['too many', [...twenty, 'x'], /is not a list/],
    ['a way up', ['../x.csv'], /"..\/x.csv", which is no path/],
    ['a way up inside', ['a/../x.csv'], /no path/],
    ['absolute', ['/etc/passwd'], /no path/],
    ['a drive', ['C:x'], /no path/],
    ['a backslash', ['a\\b'], /no path/],
    ['hidden', ['.env'], /no path/],
    ['in a hidden folder', ['.git/config'], /no path/],
    ['empty', [''], /no path/],
    ['empty part', ['a//b'], /no path/],
    ['a folder', ['a/'], /no path/],
    ['a line break', ['a\nb'], /no path/],
    ['NUL', ['a\0'], /no path/],
    ['turned around', ['a\u202eb'], /no path/],
    ['half a character', ['a\ud800'], /half a character/],
    ['a space at the end', ['a '], /no path/],
    ['a dot at the end', ['a.'], /no path/],
    ['too long a name', [`${'a'.repeat(245)}`], /no path/],
    ['a notebook', ['other.IPYNB'], /which is a notebook/],
    ['twice', ['a', 'a'], /"a" twice/],
    ['case alone', ['Data/a', 'data/A'], /differs in case alone/],
    ['the same in Unicode', ['\u00e4', 'a\u0308'], /twice/],
    ['a file for a folder', ['data/a', 'Data'], /a file in the place of its folder/],
  ]
  for (const [label, files, fault] of table) t.match(faultOf(files), fault, label)
})
