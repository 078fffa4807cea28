/** Addresses as an attacker writes them: over a socket, because clients mend what is wrong with them. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { pageText } from '../support/page-text.ts'
import { until } from '../support/until.ts'
import { notebook, openApp, platform } from './app.ts'

const secret = 'nobody-may-read-this'

t.test('no address leads out of the template folder', async (t) => {
  const test = await openApp(t)
  const { dir, outside } = test
  const hidden = notebook().replace('1 + 1', secret)
  writeFileSync(join(outside, 'secret.ipynb'), hidden)
  writeFileSync(join(dir, 'notes.txt'), hidden)
  writeFileSync(join(dir, '.hidden.ipynb'), hidden)
  mkdirSync(join(dir, '.git'))
  writeFileSync(join(dir, '.git/x.ipynb'), hidden)
  mkdirSync(join(dir, 'folder.ipynb'))
  symlinkSync(join(outside, 'secret.ipynb'), join(dir, 'link.ipynb'))
  symlinkSync(outside, join(dir, 'linked'))
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = test.app.server.address() as AddressInfo

  const long = 'x'.repeat(3000)
  const paths: [label: string, path: string, codes?: number[]][] = [
    ['the parent folder', '/t/../outside/secret.ipynb'],
    ['the parent folder from within', '/t/a/../../outside/secret.ipynb'],
    ['the parent folder, encoded', '/t/%2e%2e/outside/secret.ipynb'],
    ['the parent folder and its slash, encoded', '/t/%2E%2E%2foutside%2fsecret.ipynb'],
    ['encoded twice', '/t/%252e%252e%252foutside%252fsecret.ipynb'],
    ['in overlong UTF-8', '/t/%c0%ae%c0%ae/outside/secret.ipynb'],
    ['with backslashes', '/t/..\\outside\\secret.ipynb'],
    ['with backslashes, encoded', '/t/..%5coutside%5csecret.ipynb'],
    ['an absolute path', `/t/${outside}/secret.ipynb`],
    ['an absolute path, encoded', `/t/${encodeURIComponent(`${outside}/secret.ipynb`)}`],
    ['a file: address', `/t/file://${outside}/secret.ipynb`],
    ['NUL', '/t/plain.ipynb%00'],
    ['NUL before an ending', '/t/notes.txt%00.ipynb'],
    ['a line break', '/t/plain%0d%0a.ipynb'],
    ['a direction mark', '/t/plain%E2%80%AE.ipynb'],
    ['a broken percent sign', '/t/%zz.ipynb'],
    ['half a percent sign', '/t/plain%2'],
    ['bytes that are not UTF-8', '/t/%ff.ipynb'],
    ['a very long name', `/t/${long}.ipynb`],
    ['very many folders', `/t/${'a/'.repeat(1500)}x.ipynb`],
    ['a link to a file outside', '/t/link.ipynb'],
    ['a link to a folder outside', '/t/linked/secret.ipynb'],
    ['a hidden file', '/t/.hidden.ipynb'],
    ['a hidden folder', '/t/.git/x.ipynb'],
    ['a folder that is named as a notebook', '/t/folder.ipynb'],
    ['something below a notebook', '/t/plain.ipynb/x.ipynb'],
    ['another kind of file', '/t/notes.txt'],
    ['a dot folder', '/t/./plain.ipynb'],
    ['an empty part', '/t//plain.ipynb'],
    ['a slash at the end', '/t/plain.ipynb/'],
    ['in capitals', '/t/PLAIN.IPYNB'],
    ['none', '/t/'],
    ['no slash', '/t'],
    ['an unknown template', '/t/none.ipynb'],
    ['an unknown page', '/nothing/here'],
    ['a page below a page', '/confirm/x/y'],
    ['an asset outside', '/assets/x/..%2f..%2fsettings.js'],
    ['an asset in the parent folder', '/assets/../../package.json'],
    ['an asset that is none', '/assets/x/none.css'],
  ]
  for (const [label, path] of paths) {
    await t.test(label, async (t) => {
      for (const method of ['POST', 'GET']) {
        const { status, body, location } = await ask(port, method, path)
        t.equal(status, 404, method)
        t.match(body, /<code>(13|30)<\/code>/)
        t.notMatch(body, secret)
        t.notMatch(pageText(body), dir)
        t.notOk(location)
      }
    })
  }
  t.equal(test.kept(), 0, 'nothing was kept')
  t.notMatch(test.log(), secret)
})

t.test('what is not HTTP is refused, and the service goes on', async (t) => {
  const test = await openApp(t)
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = test.app.server.address() as AddressInfo
  const { status, body } = await ask(port, 'POST', '/t/plain.ipynb', { 'content-length': 'x' })
  t.equal(status, 400)
  t.notMatch(body, /at \/|HPE_/)
  t.equal((await ask(port, 'GET', '/health')).status, 200)
})

t.test('a body that breaks off is its sender’s affair, not an error of the service', async (t) => {
  const test = await openApp(t)
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = test.app.server.address() as AddressInfo
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1000' }
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/t/plain.ipynb', headers })
  sent.on('error', () => {})
  sent.write('params=%7B')
  await until('the request', async () => test.log().includes('incoming request'))
  sent.destroy()
  await until('its end', async () => test.lines().some(({ fault }) => fault !== undefined))
  t.match(
    test.lines().find(({ fault }) => fault !== undefined),
    { level: 30, fault: 20, reason: 'cut-short' },
  )
  t.equal(test.kept(), 0)
})

/** Sends the path as it is. */
function ask(port: number, method: string, path: string, more: Record<string, string> = {}) {
  const body = method === 'POST' ? 'params=%7B%7D' : undefined
  const headers = {
    accept: 'text/html',
    ...(body && { origin: platform, 'content-type': 'application/x-www-form-urlencoded' }),
    ...(body && { 'content-length': String(body.length) }),
    ...more,
  }
  return new Promise<{ status: number; body: string; location: string | undefined }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: text, location: answer.headers.location }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
