import t from 'tap'
import { accept, buildFrame, emptyCatalogue } from './support.ts'

async function headersOf(formTargets?: readonly string[]) {
  const app = await buildFrame(formTargets === undefined ? {} : { formTargets })
  app.get('/page', (_request, reply) => reply.page('catalogue', emptyCatalogue))
  const { headers } = await app.inject('/page')
  await app.close()
  return headers
}

function directivesOf(policy: unknown): Record<string, string> {
  const parts = String(policy).split(';')
  return Object.fromEntries(parts.map((part) => [part.split(' ', 1)[0]!, part.slice(part.indexOf(' ') + 1)]))
}

t.test('the policy allows our own files and nothing else', async (t) => {
  const policy = (await headersOf())['content-security-policy']
  t.notMatch(policy, /unsafe|data:|\*|https?:/, 'no inline code or style, no data URLs, no other host')
  t.match(directivesOf(policy), {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
  })
})

t.test('forms may lead to the hosts of the Hub and of the users, where they are others', async (t) => {
  const headers = await headersOf(['https://hub.example:8443', 'https://*.hub.example:8443'])
  const directives = directivesOf(headers['content-security-policy'])
  t.equal(directives['form-action'], "'self' https://hub.example:8443 https://*.hub.example:8443")
  t.equal(directives['script-src'], "'self'", 'and nothing else may')
})

t.test('a form target that is no host source stops the start', async (t) => {
  for (const target of [
    '*',
    'https:',
    "'unsafe-inline'",
    'https://a.example; script-src *',
    'https://*',
    'a b',
    '',
  ]) {
    await t.rejects(buildFrame({ formTargets: [target] }), /not a CSP host source/, JSON.stringify(target))
  }
})

t.test('a page is not kept, framed, sniffed, or shared with a window of another origin', async (t) => {
  const headers = await headersOf()
  t.match(headers, {
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  t.notOk('strict-transport-security' in headers, 'HSTS is for whoever owns the host to set')
})

t.test('errors, unknown addresses and addresses that cannot be read have the same headers', async (t) => {
  const app = await buildFrame()
  app.get('/boom', () => Promise.reject(new Error('boom')))
  for (const url of ['/boom', '/nothing', '/%', '/%E0%A4%A']) {
    const { headers } = await app.inject({ url, headers: { accept } })
    t.match(headers['content-security-policy'], /default-src 'none'/, url)
    t.equal(headers['cache-control'], 'no-store', url)
  }
  await app.close()
})
