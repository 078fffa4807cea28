import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createHub } from '../../service/hub/hub.ts'
import { HubBusy, readRetryAfter } from '../../service/hub/hub-busy.ts'

t.test('a Hub that starts no more servers says when to ask again, and why', async (t) => {
  const words = 'Too many users trying to log in right now. Try again in 40 seconds.'
  const hub = await hubThatAnswers(t, 429, { 'retry-after': '37' }, { status: 429, message: words })
  const error = await hub.start('secret-token', 'ada', '').catch((reason) => reason)
  t.ok(error instanceof HubBusy)
  t.match(error, { retryAfter_ms: 37_000, words })
})

t.test('where too many servers run, JupyterHub does not say when', async (t) => {
  const words = 'Active user limit exceeded. Try again in a few minutes.'
  const hub = await hubThatAnswers(t, 429, {}, { status: 429, message: words })
  const error = await hub.start('secret-token', 'ada', 'gpu').catch((reason) => reason)
  t.ok(error instanceof HubBusy)
  t.match(error, { retryAfter_ms: undefined, words })
})

t.test('no part of a token is among its words', async (t) => {
  const hub = await hubThatAnswers(t, 429, {}, { message: 'not with secret-token-of-ada' })
  const error = await hub.start('secret-token-of-ada', 'ada', '').catch((reason) => reason)
  t.ok(error instanceof HubBusy)
  t.notMatch(error.words, /secret-token-of-ada/)
})

t.test('Retry-After is read as HTTP writes it, and as nothing else', async (t) => {
  const now_ms = Date.parse('2026-11-29T12:00:00Z')
  const cases: [string, string | undefined, number | undefined][] = [
    ['seconds', '30', 30_000],
    ['no second', '0', 0],
    ['spaces around', ' 7 ', 7000],
    ['a date', 'Sun, 29 Nov 2026 12:00:45 GMT', 45_000],
    ['a date that has passed', 'Sun, 29 Nov 2026 11:00:00 GMT', 0],
    ['a huge number', '99999999999', 99_999_999_999_000],
    ['none', undefined, undefined],
    ['an empty one', '', undefined],
    ['less than nothing', '-5', undefined],
    ['half a second', '0.5', undefined],
    ['an exponent', '1e3', undefined],
    ['words that Date.parse takes for a date', 'later 5', undefined],
    ['a day that is none', 'Sun, 99 Nov 2026 12:00:45 GMT', undefined],
    ['a date as JSON writes it', '2026-11-29T12:00:45Z', undefined],
  ]
  for (const [label, header, expected] of cases) t.equal(readRetryAfter(header, now_ms), expected, label)
})

/** A Hub that answers each start alike, and knows of no server. */
async function hubThatAnswers(t: Test, status: number, headers: Record<string, string>, body: object) {
  const server = createServer(({ method }, response) => {
    if (method === 'GET') return void response.end('{"kind":"user","name":"ada","servers":{}}')
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const hub = createHub({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub/api` })
  t.teardown(async () => {
    await hub.close()
    server.close()
  })
  return hub
}
