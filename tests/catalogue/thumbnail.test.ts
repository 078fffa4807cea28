import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { type Catalogue, readThumbnail } from '../../service/catalogue/catalogue.ts'
import { png } from '../preview/support.ts'
import { images, notebookShowing, svg } from '../support/images.ts'
import { until } from '../support/until.ts'
import { createFolder, notebookWith } from './folder.ts'

const naming = (thumbnail: unknown) => notebookWith({ own: { thumbnail } })
const dataUri = (type: string) => `data:${type};base64,${images[type]}`
const bytesOf = (type: string) => Buffer.from(images[type]!, 'base64')

async function shown(catalogue: Catalogue, path: string) {
  const template = await catalogue.find(path)
  const image = template && (await readThumbnail(template))
  if (image) t.equal(image.version, template.thumbnail?.version, `${path}: the version of its bytes`)
  return image
}

t.test('a template shows the image that it names, else the first of its outputs', async (t) => {
  const folder = createFolder(t, { 'none.ipynb': null })
  const output = { 'image/png': images['image/png']! }
  folder.write('output.ipynb', notebookShowing([[output]]))
  folder.write('drawn.ipynb', notebookShowing([[{ 'image/svg+xml': svg() }]]))
  folder.write('own.ipynb', notebookShowing([[output]], { thumbnail: dataUri('image/gif') }))
  folder.write('a/b/beside.ipynb', naming('x.jpg'))
  folder.write('a/b/x.jpg', bytesOf('image/jpeg'))
  folder.write('a/below.ipynb', naming('b/x.jpg'))
  folder.write('misnamed.ipynb', naming('really-a.webp'))
  folder.write('really-a.webp', bytesOf('image/gif'))
  for (const type of Object.keys(images)) folder.write(`${type.slice(6)}.ipynb`, naming(dataUri(type)))
  const catalogue = await folder.open()
  t.strictSame(catalogue.faults(), [])
  t.equal(await shown(catalogue, 'none.ipynb'), undefined)
  const table: [path: string, type: string][] = [
    ['output.ipynb', 'image/png'],
    ['drawn.ipynb', 'image/svg+xml'],
    ['own.ipynb', 'image/gif'],
    ['a/b/beside.ipynb', 'image/jpeg'],
    ['a/below.ipynb', 'image/jpeg'],
    ['misnamed.ipynb', 'image/gif'],
    ...Object.keys(images).map((type): [string, string] => [`${type.slice(6)}.ipynb`, type]),
  ]
  for (const [path, type] of table) {
    const image = await shown(catalogue, path)
    t.equal(image?.type, type, path)
    t.ok(image?.bytes.equals(bytesOf(type)), `${path}: its bytes`)
  }
})

t.test('what is no file beside the template is a fault, and nothing is read', async (t) => {
  const folder = createFolder(t)
  const wrong = [
    '/etc/passwd',
    '../secret.png',
    'a/../../secret.png',
    '.hidden.png',
    '.git/x.png',
    'a\\b.png',
    'C:x.png',
    'https://evil.example/x.png',
    '//evil.example/x.png',
    'x.txt',
    'x.png\0',
    '',
    'a//b.png',
    7,
    ['x.png'],
    'data:image/png;base64,AAAA',
    'data:text/html,<script>',
    'data:image/svg+xml,<svg>',
    `data:image/png;base64,${png(9000, 9000)}`,
  ]
  for (const [index, thumbnail] of wrong.entries()) folder.write(`${index}.ipynb`, naming(thumbnail))
  const catalogue = await folder.open()
  t.equal(catalogue.list().length, 0)
  t.equal(catalogue.faults().length, wrong.length)
  for (const { reason } of catalogue.faults())
    t.match(reason, /^metadata\.notebook_templates\.thumbnail is not/)
})

t.test('a file that is not there, is no image or leads out of the folder shows nothing', async (t) => {
  const folder = createFolder(t)
  const outside = join(folder.dir, '../outside')
  writeFileSync(join(outside, 'secret.png'), bytesOf('image/png'))
  const names = ['absent', 'text', 'huge', 'folder', 'link', 'pixels']
  for (const name of names) folder.write(`${name}.ipynb`, naming(`${name}.png`))
  folder.write('text.png', 'password')
  folder.write('huge.png', Buffer.concat([bytesOf('image/png'), Buffer.alloc(512 * 1024)]))
  folder.write('pixels.png', Buffer.from(png(9000, 9000), 'base64'))
  mkdirSync(join(folder.dir, 'folder.png'))
  symlinkSync(join(outside, 'secret.png'), join(folder.dir, 'link.png'))
  folder.write('through.ipynb', naming('out/secret.png'))
  symlinkSync(outside, join(folder.dir, 'out'))
  const catalogue = await folder.open()
  t.strictSame(catalogue.faults(), [], 'the templates can be used all the same')
  for (const name of [...names, 'through']) t.equal(await shown(catalogue, `${name}.ipynb`), undefined, name)
})

t.test('an image that changes beside its template is there at once', async (t) => {
  const folder = createFolder(t, { 'a/x.ipynb': naming('pictures/x.png') })
  const file = join(folder.dir, 'a/pictures/x.png')
  const catalogue = await folder.open()
  const version = () => catalogue.list()[0]?.thumbnail?.version
  t.equal(version(), undefined)
  mkdirSync(dirname(file))
  writeFileSync(file, bytesOf('image/png'))
  await until('the image', () => version() !== undefined)
  const before = version()
  writeFileSync(file, bytesOf('image/gif'))
  await until('the other image', () => version() !== before)
  t.match(await shown(catalogue, 'a/x.ipynb'), { type: 'image/gif' })
  rmSync(file)
  t.equal(await shown(catalogue, 'a/x.ipynb'), undefined, 'also when nobody has told')
})

t.test('of images no bytes are kept', async (t) => {
  const folder = createFolder(t)
  const image = Buffer.concat([bytesOf('image/png'), Buffer.alloc(300_000, 7)]).toString('base64')
  folder.write('a.ipynb', naming(`data:image/png;base64,${image}`))
  folder.write('b.ipynb', notebookShowing([[{ 'image/png': image }]]))
  folder.write('c.ipynb', naming('c.png'))
  folder.write('c.png', Buffer.from(image, 'base64'))
  const catalogue = await folder.open()
  for (const template of catalogue.list()) {
    t.ok(template.thumbnail, template.path)
    t.ok(
      JSON.stringify(template).length < 5000,
      `${template.path}: ${JSON.stringify(template).length} characters`,
    )
  }
})
