import t from 'tap'
import { createLimit } from '../../../service/catalogue/scan/limit.ts'

t.test('runs no more than so many at a time, all in the end, also when some fail', async (t) => {
  for (const most of [1, 2, 5]) {
    const limited = createLimit(most)
    let running = 0
    let highest = 0
    const action = async (number: number) => {
      highest = Math.max(highest, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (number % 3 === 0) throw new Error('failed')
      return number
    }
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) => limited(() => action(number))),
    )
    t.equal(highest, most, `${most} at a time`)
    t.equal(results.filter(({ status }) => status === 'fulfilled').length, 13)
    t.equal(await limited(async () => 'after'), 'after')
  }
})
