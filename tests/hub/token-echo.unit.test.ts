import t from 'tap'
import { withoutToken } from '../../service/hub/token-echo.ts'

const token = '0b1c6f2e9d8a4c57b3e1f0a29d84c6e7'
const base64 = (text: string) => Buffer.from(text).toString('base64')

t.test('what could hold a part of the token is not said', (t) => {
  const cases: Record<string, string> = {
    whole: `Authorization: token ${token}`,
    'a part of it': `bad: ${token.slice(5, 13)} …`,
    'in capitals': token.toUpperCase(),
    'split by spaces': [...token].join(' '),
    'split by signs': token.replace(/(.{4})/g, '$1-'),
    backwards: [...token].reverse().join(''),
    'in base64': base64(token),
    'in base64, with what stands before it': base64(`token ${token}`),
    'in base64, moved by one': base64(`x${token}`),
    'in base64 for addresses': Buffer.from(`{"authorization":"token ${token}"}`).toString('base64url'),
    'in hexadecimal': Buffer.from(token).toString('hex'),
    'percent-encoded': Array.from(Buffer.from(token), (byte) => `%${byte.toString(16)}`).join(''),
    'among other words, over two lines': `the token\n${token.slice(0, 16)}\n${token.slice(16)} is bad`,
  }
  for (const [label, said] of Object.entries(cases)) t.equal(withoutToken(said, token), '', label)
  t.end()
})

t.test('everything else is', (t) => {
  const cases = [
    '',
    'No space left on device: …',
    'Ungültiger Name "größe"',
    token.slice(0, 7),
    '%zz %4',
    'x'.repeat(5000),
  ]
  for (const said of cases) t.equal(withoutToken(said, token), said)
  t.end()
})
