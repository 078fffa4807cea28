import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readLogo } from '../../service/settings/logo.ts'
import { png } from '../preview/support.ts'
import { images, svg } from '../support/images.ts'
import { createVisitor, openApp } from './app.ts'

const dir = t.testdir({})
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(dir, name), content)
  return join(dir, name)
}

t.test('an admin’s title and logo stand on every page', async (t) => {
  const hostile = svg('<script>alert(1)</script>')
  const LOGO = file('logo.svg', hostile)
  const opened = await openApp(t, { env: { TITLE: 'Größe & <b>Co</b>', LOGO } })
  const visitor = createVisitor(opened)
  for (const url of ['/', '/t/plain.ipynb', '/nothing', '/preview/t/plain.ipynb']) {
    const { body } = await visitor.ask(url)
    t.match(body, /<title>[^<]*Größe &amp; &lt;b&gt;Co&lt;\/b&gt;<\/title>/, url)
  }
  const { body } = await visitor.ask('/')
  t.match(body, '<span>Größe &amp; &lt;b&gt;Co&lt;/b&gt;</span>')
  const [src, again] = Array.from(
    body.matchAll(/(?:src|href)="(\/assets\/[\w-]{12}\/own-logo\.svg)"/g),
    ([, one]) => one!,
  )
  t.ok(src)
  t.equal(src, again, 'in the header and in the tab')
  t.match(body, /<link rel="icon" href="[^"]*" type="image\/svg\+xml">/)
  t.match(body, /<img src="[^"]*own-logo\.svg" alt="" width="56" height="28">/, 'in its own shape')

  const answer = await visitor.ask(src!)
  t.equal(answer.body, hostile)
  t.match(answer, {
    status: 200,
    headers: {
      'content-type': /^image\/svg\+xml/,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  })
  const other = await visitor.ask(src!.replace(/assets\/[^/]*/, 'assets/anotherhash1'))
  t.match(other, { status: 200, headers: { 'cache-control': 'public, max-age=0' } })
})

t.test('another logo has another address; without one it is ours', async (t) => {
  const addressOf = async (env: Record<string, string>) => {
    const { body } = await createVisitor(await openApp(t, { env })).ask('/')
    return /<link rel="icon" href="([^"]*)" type="([^"]*)"/.exec(body)!.slice(1)
  }
  const [one] = await addressOf({ LOGO: file('a.png', Buffer.from(png(60, 20), 'base64')) })
  const [two, type] = await addressOf({ LOGO: file('a.png', Buffer.from(png(60, 30), 'base64')) })
  t.not(one, two)
  t.match(two, /own-logo\.png$/)
  t.equal(type, 'image/png')
  t.match((await addressOf({}))[0], /\/logo\.svg$/)
})

t.test('a logo has the shape that its file says', (t) => {
  const table: [name: string, content: string | Buffer, shape: number][] = [
    ['a.png', Buffer.from(png(90, 30), 'base64'), 3],
    ['a.jpg', Buffer.from(images['image/jpeg']!, 'base64'), 1.5],
    ['box.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 40,10"/>', 4],
    ['length.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm"/>', 3],
    ['none.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 1],
    ['odd.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>', 1],
  ]
  for (const [name, content, shape] of table) t.equal(readLogo(file(name, content))?.shape, shape, name)
  t.end()
})
