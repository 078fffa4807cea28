import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { webFolder } from '../../service/web/package-root.ts'
import { buildFrame, confirmation, render, servicePrefix } from './support.ts'

t.test('every file that a page names is there, and cached for good', async (t) => {
  const html = await render('confirm', confirmation)
  const urls = [...html.matchAll(/(?:href|src)="([^"]*assets[^"]*)"/g)].map((match) => match[1]!)
  t.ok(urls.length >= 3, 'the page names some')
  const app = await buildFrame()
  for (const url of urls) {
    const answer = await app.inject(url)
    t.equal(answer.statusCode, 200, url)
    t.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    t.match(
      answer.headers['content-type'],
      /^(text\/css|text\/javascript|application\/javascript|image\/svg\+xml)/,
    )
  }
  await app.close()
})

t.test('what a preview needs, which has no origin, is for everybody', async (t) => {
  const app = await buildFrame()
  const css = await app.inject(app.asset('katex.min.css'))
  const fonts = [...css.body.matchAll(/url\((fonts\/[\w-]+\.woff2)\)/g)].map((match) => match[1]!)
  t.ok(fonts.length >= 20, 'the fonts that its style sheet names')
  for (const font of fonts) {
    const { statusCode, headers } = await app.inject(app.asset(font))
    t.equal(statusCode, 200, font)
    t.match(headers, {
      'content-type': 'font/woff2',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  }
  for (const name of ['preview.css', 'code.css', 'theme.css', 'base.css', 'katex.min.css']) {
    const { headers } = await app.inject(app.asset(name))
    t.equal(headers['cross-origin-resource-policy'], 'cross-origin', name)
    t.equal(headers['access-control-allow-origin'], '*', `${name}: its hash can be compared`)
  }
  await app.close()
})

t.test("another version's address gives what we have, and is not cached for good", async (t) => {
  const app = await buildFrame()
  const answer = await app.inject(`${servicePrefix}assets/anotherhash1/base.css`)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['cache-control'], 'public, max-age=0')
  await app.close()
})

t.test('nothing but our own files can be had', async (t) => {
  const app = await buildFrame()
  const version = app.asset('base.css').split('/').at(-2)
  const wrong = [
    'pages.ts',
    '../pages.ts',
    '..%2fpages.ts',
    '%2e%2e%2fpages.ts',
    '.',
    '',
    '__proto__',
    'constructor',
    'a%00.css',
    'katex.js',
    'fonts',
    'fonts/',
    'fonts/../katex.js',
    'fonts/KaTeX_Main-Regular.ttf',
    'contrib/mhchem.js',
  ]
  for (const name of wrong) {
    const { statusCode } = await app.inject(`${servicePrefix}assets/${version}/${name}`)
    t.equal(statusCode, 404, name)
  }
  t.throws(() => app.asset('nothing.css'), 'a view that names a file that is not there fails')
  t.throws(() => app.integrity('nothing.css'))
  await app.close()
})

t.test('a page with all its files is under 100 KB compressed', async (t) => {
  const app = await buildFrame()
  const names = ['theme.css', 'base.css', 'parts.css', 'confirm.css', 'values.css', 'logo.svg']
  let bytes = gzipSync(await render('confirm', confirmation)).length
  for (const name of names) bytes += gzipSync((await app.inject(app.asset(name))).rawPayload).length
  await app.close()
  t.ok(bytes < 100_000, `${bytes} bytes`)
})

t.test('no style or script fetches anything from elsewhere', async (t) => {
  const app = await buildFrame()
  const names = ['styles', 'scripts'].flatMap((folder) => readdirSync(join(webFolder, 'assets', folder)))
  t.ok(names.includes('base.css') && names.includes('copy.js'))
  for (const name of names) {
    const { body } = await app.inject(app.asset(name))
    t.notMatch(body, /url\(|@import|https?:\/\/|\/\/[a-z]+\./, name)
    t.notMatch(
      body,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/,
      `${name} sets text only`,
    )
    t.notMatch(body, /^import\b|\bimport\(/m, `${name}: the hash on the page would not cover what it imports`)
  }
  await app.close()
})
