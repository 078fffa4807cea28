import t from 'tap'
import { thumbnailBytes, toThumbnail } from '../../../service/images/thumbnail.ts'
import { typeOfImage } from '../../../service/images/types.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { findImage, readImage } from '../../../service/notebook/template/thumbnail.ts'
import { code, notebookOf, png } from '../../preview/support.ts'
import { images, notebookShowing, svg } from '../../support/images.ts'

/** The JSON of the image that is found. */
function found(notebook: string): unknown {
  const bytes = Buffer.from(notebook)
  const place = findImage(bytes, compileTemplate(bytes))
  return place && JSON.parse(bytes.subarray(place.from, place.to).toString())
}

t.test('an image is what its first bytes say', (t) => {
  for (const [type, base64] of Object.entries(images)) {
    t.equal(typeOfImage(Buffer.from(base64, 'base64')), type)
    t.match(readImage(JSON.stringify(base64)), { type }, `${type} in base64`)
    t.match(
      readImage(JSON.stringify(`data:image/anything;base64,${base64}`)),
      { type },
      `${type} as data URI`,
    )
  }
  const drawings = [
    svg(),
    ` \n${svg()}`,
    `\u{feff}<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "a" "b">${svg()}`,
  ]
  for (const drawing of drawings) t.equal(typeOfImage(Buffer.from(drawing)), 'image/svg+xml', drawing)
  const others = [
    '',
    'text',
    '<html><svg></svg></html>',
    '<svgx>',
    '%PDF-1.4',
    '<!-- '.repeat(2000),
    '<?'.repeat(4000),
  ]
  for (const other of others) t.equal(typeOfImage(Buffer.from(other)), undefined, other.slice(0, 20))
  t.end()
})

t.test('the first image among the outputs that can be shown small is found', (t) => {
  const image = { 'image/png': png(640, 480) }
  const drawing = { 'image/svg+xml': svg().split(/(?<=>)/) }
  const huge = { 'image/png': png(4000, 4000) }
  const heavy = {
    'image/png': Buffer.concat([Buffer.from(png(10, 10), 'base64'), Buffer.alloc(thumbnailBytes)]).toString(
      'base64',
    ),
  }
  const table: [label: string, notebook: string, expected: unknown][] = [
    ['none', notebookShowing([[], [{ 'text/plain': 'image/png' }]]), undefined],
    [
      'the second cell',
      notebookShowing([[], [{ 'text/plain': 'x', ...image }], [drawing]]),
      image['image/png'],
    ],
    ['a drawing in lines', notebookShowing([[drawing], [image]]), drawing['image/svg+xml']],
    ['pixels rather than paths', notebookShowing([[{ ...drawing, ...image }]]), image['image/png']],
    ['too many pixels', notebookShowing([[huge], [image]]), image['image/png']],
    ['too many bytes', notebookShowing([[heavy, image]]), image['image/png']],
    [
      'no image at all',
      notebookShowing([[{ 'image/png': 'bm90aGluZw==' }, { 'image/png': '!' }, image]]),
      image['image/png'],
    ],
    [
      'base64 in lines',
      notebookShowing([[{ 'image/png': image['image/png'].replace(/.{40}/g, '$&\n') }]]),
      image['image/png'].replace(/.{40}/g, '$&\n'),
    ],
    [
      'an old format',
      notebookOf([
        code('x', [{ output_type: 'execute_result', execution_count: 1, data: image, metadata: {} }]),
      ]),
      image['image/png'],
    ],
    ['only in the metadata', notebookShowing([[]], { description: '"image/png"' }), undefined],
    [
      'only in an attachment',
      notebookOf([{ cell_type: 'markdown', metadata: {}, source: '', attachments: { a: image } }]),
      undefined,
    ],
  ]
  for (const [label, notebook, expected] of table) t.strictSame(found(notebook), expected, label)
  const twice = notebookShowing([[image], [drawing]]).replace(
    '"image/png": ',
    '"image/png": "x", "image/png": ',
  )
  t.strictSame(found(twice), drawing['image/svg+xml'], 'of two with one name nobody knows which counts')
  t.end()
})

t.test('the search ends, however many cells name an image', (t) => {
  const none = notebookShowing(
    Array(51)
      .fill([{ 'image/png': 'x' }])
      .concat([[{ 'image/png': png(6, 4) }]]),
  )
  t.equal(found(none), undefined)
  t.end()
})

t.test('what is no image is none', (t) => {
  for (const json of ['1', 'null', '{}', '""', '"!"', '["a", 1]', '"data:,x"', JSON.stringify('<script>')]) {
    t.equal(readImage(json), undefined, json)
  }
  t.equal(toThumbnail(Buffer.from(png(0, 4), 'base64')), undefined, 'without pixels')
  t.end()
})
