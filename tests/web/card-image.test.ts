import t from 'tap'
import { images, notebookShowing } from '../support/images.ts'
import { createVisitor, openApp } from './app.ts'

const png = { 'image/png': images['image/png']! }
const image = {
  accept: 'image/avif,image/webp,image/*,*/*;q=0.8',
  'sec-fetch-dest': 'image',
  'sec-fetch-mode': 'no-cors',
}

t.test('a card shows its image by an address that is cached for good', async (t) => {
  const templates = { 'ö/{a} & b.ipynb': notebookShowing([[png]], { title: 'Peak "fit" & <more>' }) }
  const opened = await openApp(t, { templates })
  const visitor = createVisitor(opened)
  const { body } = await visitor.ask('/')
  const [, src = '', alt] =
    /<img src="([^"]*thumbnails[^"]*)" alt="([^"]*)" width="\d+" height="\d+" loading="lazy"/.exec(body) ?? []
  t.match(src, /^\/thumbnails\/%C3%B6\/%7Ba%7D%20%26%20b\.ipynb\?v=[\w-]{12}$/)
  t.equal(alt, 'Picture from “Peak &quot;fit&quot; &amp; &lt;more&gt;”')
  t.equal(body.match(/thumbnails\//g)?.length, 1, 'the others are drawn')

  const { status, headers, bytes } = await visitor.ask(src, { headers: image })
  t.equal(status, 200)
  t.match(headers, {
    'content-type': 'image/png',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  t.ok(bytes.equals(Buffer.from(png['image/png'], 'base64')))
  for (const url of [src.replace(/\?.*/, ''), src.replace(/v=.*/, 'v=old')]) {
    const other = await visitor.ask(url, { headers: image })
    t.match(other, { status: 200, headers: { 'cache-control': 'private, no-cache' } }, url)
  }
})

t.test('an image opened by its address can do nothing', async (t) => {
  const hostile = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
  const opened = await openApp(t, {
    templates: { 'x.ipynb': notebookShowing([[{ 'image/svg+xml': hostile }]]) },
  })
  const { headers } = await createVisitor(opened).ask('/thumbnails/x.ipynb')
  t.match(headers, {
    'content-type': /^image\/svg\+xml/,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})

t.test('whoever may not use a template has no image of it either', async (t) => {
  const templates = {
    'closed.ipynb': notebookShowing([[png]], { groups: ['lab'] }),
    'folder/x.ipynb': notebookShowing([[png]]),
    'open.ipynb': notebookShowing([[png]]),
    'broken.ipynb': '{"cells": [',
    'templates.yaml': 'folder: {groups: [lab]}',
  }
  const opened = await openApp(t, { templates })
  const visitor = createVisitor(opened)
  const page = (await visitor.ask('/')).body
  t.match(page, 'thumbnails/open.ipynb')
  t.notMatch(page, /thumbnails\/(closed|folder|broken)/)
  const none = (await visitor.ask('/thumbnails/absent.ipynb', { headers: image })).body.replace(
    /"request_id":"\w+"/,
    '',
  )
  for (const path of [
    'closed.ipynb',
    'folder/x.ipynb',
    'broken.ipynb',
    'templates.yaml',
    '../outside/x.ipynb',
    '..%2foutside%2fx.ipynb',
    '%00.ipynb',
  ]) {
    const answer = await visitor.ask(`/thumbnails/${path}`, { headers: image })
    t.equal(answer.status, 404, path)
    t.notMatch(answer.headers['content-type'], /image/)
    if (!path.includes('..'))
      t.equal(answer.body.replace(/"request_id":"\w+"/, ''), none, `${path}: as if there were none`)
  }
  t.equal(
    (await visitor.ask('/thumbnails/plain.ipynb', { headers: image })).status,
    404,
    'one without an image',
  )
})
