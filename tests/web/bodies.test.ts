/** Large bodies on a real process, where memory and connections can be seen. */
import t, { type Test } from 'tap'
import { form, MB, memoryOf, postBytes, tooLarge } from '../support/bodies.ts'
import { send } from '../support/http.ts'
import { startProxy } from '../support/proxy.ts'
import { startServiceOn } from '../support/service.ts'
import { until } from '../support/until.ts'
import { notebook } from './app.ts'

t.setTimeout(300_000)

const start = (t: Test) => startServiceOn(t, { 'plain.ipynb': notebook() })

for (const path of ['confirm/x', 'nowhere', '']) {
  t.test(`100 posts of 12 MB at once to /${path} take no memory`, async (t) => {
    const service = await start(t)
    await postBytes(service.url + path, 1000)
    const before = memoryOf(service.pid).now
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => postBytes(service.url + path, 12 * MB)),
    )
    t.strictSame([...new Set(answers.map(({ status }) => status))], [path === 'confirm/x' ? 413 : 404])
    const { most } = memoryOf(service.pid)
    t.comment(`/${path}: ${Math.round(before)} MB before, ${Math.round(most)} MB at most`)
    t.ok(most - before < 300, `it took ${Math.round(most - before)} MB more`)
    await until('the memory to be given back', () => memoryOf(service.pid).now - before < 150)
    t.equal((await send(`${service.url}health`)).status, 200)
  })
}

t.test('the bodies of one address may not fill the memory either where they are read', async (t) => {
  const service = await start(t)
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => postBytes(`${service.url}t/plain.ipynb`, 12 * MB)),
  )
  t.ok(answers.some(({ status }) => status === 429))
  t.ok(memoryOf(service.pid).most < 600)
  t.equal((await postBytes(`${service.url}t/plain.ipynb`, 1000)).status, 303, 'later ones are not')
})

t.test('through configurable-http-proxy', async (t) => {
  const service = await start(t)
  const url = await startProxy(t, service.url.slice(0, -1))

  t.test('a body over the limit is answered by our page, 50 times of 50', async (t) => {
    for (const size of tooLarge) {
      const answer = await postBytes(`${url}t/plain.ipynb`, size)
      t.equal(answer.status, 413)
      t.match(answer.text(), /<code>21<\/code>/)
    }
  })

  const early: [label: string, path: string, size: number, type: string, status: number][] = [
    ['too large for a route that takes no parameters', 'confirm/x', 13 * MB, form, 413],
    ['no such page', 'nowhere', 13 * MB, form, 404],
    ['a content type that is not accepted', 't/plain.ipynb', 8 * MB, 'application/pdf', 415],
  ]
  for (const [label, path, size, type, status] of early) {
    t.test(`an early answer arrives each time: ${label}`, async (t) => {
      for (let count = 0; count < 10; count++)
        t.equal((await postBytes(url + path, size, type)).status, status)
    })
  }

  t.test('an early answer arrives each time: too many at once', async (t) => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => postBytes(`${url}t/plain.ipynb`, 12 * MB)),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    t.ok(statuses.has(429))
    t.notOk(statuses.has(503))
  })
})
