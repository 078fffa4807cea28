/** What a user's server may answer to keep the one thread busy that answers everybody. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { type Contents, createContents, type UserServer } from '../../service/hub/files/contents.ts'
import { faultOf } from '../support/fault-of.ts'
import { listenWith } from '../support/listen.ts'

t.setTimeout(120_000)

const bytes = 30 << 20
/** The machine of the tests is busy as well. What is looked for took ten seconds. */
const longest_ms = 1500
const deep = Buffer.from(`{"content":${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}}`)
const many = Buffer.from(`{"content":[${'[],'.repeat(bytes / 3)}1]}`)
const said = Buffer.from(`{"message":"${'zyxwvuq '.repeat(bytes / 8)}"}`)

const odd = { code: 11, reason: 'odd-answer' }
const look = (contents: Contents, server: UserServer) => contents.look(server, 'a')
const list = (contents: Contents, server: UserServer) => contents.list(server, 'a')
const cases: [string, number, Buffer, typeof look | typeof list, object][] = [
  ['a model of deep lists', 200, deep, look, odd],
  ['a model of many lists', 200, many, look, odd],
  ['a long error', 500, said, look, odd],
  ['an error of deep lists', 500, deep, list, odd],
  ['a folder of deep lists', 200, deep, list, {}],
  ['a folder of many lists', 200, many, list, {}],
]

for (const [label, status, body, ask, expected] of cases) {
  t.test(`others are answered while a server sends ${label}`, async (t) => {
    const serverUrl = '/user/eve/'
    const url = await listenWith(t, (_, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    )
    const contents = createContents({ url })
    t.teardown(() => contents.close())
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    t.match(await faultOf(ask(contents, { token: '0123456789abcdef0123456789abcdef', serverUrl })), expected)
    // A delay is seen at its end, by a timer.
    await pause(50)
    delay.disable()
    const held_ms = delay.max / 1e6
    t.ok(held_ms < longest_ms, `the longest time without an answer was ${Math.round(held_ms)} ms`)
  })
}
