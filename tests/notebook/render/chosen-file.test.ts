import t from 'tap'
import { chooseFile } from '../../../service/notebook/render/chosen-file.ts'
import { label } from '../support.ts'

const place = (folder: string, name: string, copy = 1) => {
  const file = chooseFile({ folder, name })
  return file.folder === '' ? file.name(copy) : `${file.folder}/${file.name(copy)}`
}

t.test('a folder and a name as they were typed', async (t) => {
  const table: [folder: string, name: string, path: string][] = [
    ['', 'a', 'a.ipynb'],
    ['', 'a.ipynb', 'a.ipynb'],
    ['', 'a.IPYNB', 'a.ipynb'],
    ['lab/2024', 'Probe 7', 'lab/2024/Probe 7.ipynb'],
    ['/lab//./2024/', ' Probe 7 ', 'lab/2024/Probe 7.ipynb'],
    ['Größe', 'e\u0301', 'Größe/é.ipynb'],
    ['a.b', 'v1.2', 'a.b/v1.2.ipynb'],
    ['', 'x'.repeat(238), `${'x'.repeat(238)}.ipynb`],
  ]
  for (const [folder, name, path] of table) t.equal(place(folder, name), path, label(`${folder}|${name}`))
  t.equal(place('lab', 'a', 3), 'lab/a (3).ipynb')
  t.equal(place('', 'é'.repeat(119), 2), `${'é'.repeat(117)} (2).ipynb`, 'cut so that the number fits')
})

t.test('what may not be is refused by its name, and nothing is replaced in silence', async (t) => {
  const table: [folder: string, name: string, told: string][] = [
    ['', '', ''],
    ['', '.ipynb', ''],
    ['..', 'a', '..'],
    ['lab/../..', 'a', '..'],
    ['lab', '../a', '../a'],
    ['.hidden', 'a', '.hidden'],
    ['lab', '.a', '.a'],
    ['lab', 'a/b', 'a/b'],
    ['lab', 'a\\b', 'a\\b'],
    ['lab', 'a\0b', 'a\0b'],
    ['lab', 'a\u202eb', 'a\u202eb'],
    ['lab', 'a:b', 'a:b'],
    ['con', 'a', 'con'],
    ['lab.', 'a', 'lab.'],
    ['', 'x'.repeat(239), `${'x'.repeat(79)}…`],
    ['a/'.repeat(40), 'a', 'a/'.repeat(40)],
  ]
  for (const [folder, name, told] of table) {
    const fault = { code: 16, reason: 'not-allowed', values: { name: told.length > 80 ? /…$/ : told } }
    t.throws(() => chooseFile({ folder, name }), fault, label(`${folder}|${name}`))
  }
})
