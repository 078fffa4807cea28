/** Large bodies on a real hub, through its own proxy. */
import t from 'tap'
import { MB, memoryOf, postBytes, tooLarge } from '../support/bodies.ts'
import { startHub } from '../support/hub.ts'
import { until } from '../support/until.ts'
import { shipped } from './person.ts'

t.setTimeout(300_000)

t.test('large bodies', async (t) => {
  const hub = await startHub(t)
  const pid = hub.servicePid() ?? 0

  await t.test('one over the limit is answered by our page, 50 times of 50', async (t) => {
    for (const size of tooLarge) {
      const answer = await postBytes(hub.templatesUrl + shipped, size)
      t.match([answer.status, answer.text()], [413, /<code>21<\/code>/])
    }
  })

  await t.test('100 of 12 MB at once to pages that expect none take no memory', async (t) => {
    const before = memoryOf(pid).now
    for (const [path, status] of Object.entries({ 'confirm/x': 413, nowhere: 404, '': 404 })) {
      const posts = Array.from({ length: 100 }, () => postBytes(hub.templatesUrl + path, 12 * MB))
      const statuses = (await Promise.all(posts)).map((answer) => answer.status)
      t.strictSame([...new Set(statuses)], [status], `/${path}`)
    }
    const { most } = memoryOf(pid)
    t.comment(`${Math.round(before)} MB before, ${Math.round(most)} MB at most`)
    t.ok(most - before < 300)
    await until('the memory to be given back', () => memoryOf(pid).now - before < 150)
  })
})
