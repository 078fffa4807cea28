import t from 'tap'
import { createHeld } from '../../../service/journey/kept/held.ts'
import { gate } from '../stage.ts'

const hour = 3_600_000

t.test('what is held is given back once', async (t) => {
  const held = createHeld()
  let times = 0
  held.hold('a', () => void times++, Date.now() + hour)
  t.equal(held.giveBack('b'), false)
  t.equal(held.giveBack('a'), true)
  t.equal(held.giveBack('a'), false)
  t.equal(times, 1)
})

t.test('what an id held before is given back', async (t) => {
  const held = createHeld()
  const given: string[] = []
  held.hold('a', () => void given.push('before'), Date.now() + hour)
  held.hold('a', () => void given.push('after'), Date.now() + hour)
  t.same(given, ['before'])
})

t.test('time gives back', async (t) => {
  const held = createHeld()
  const alive = setInterval(() => {}, 60_000)
  t.teardown(() => clearInterval(alive))
  const [over, moved] = [gate(), gate()]
  held.hold('a', over.open, Date.now() + 10)
  await over.opened
  t.equal(held.giveBack('a'), false)

  held.hold('b', moved.open, Date.now() + hour)
  held.prolong('b', Date.now() + 10)
  held.prolong('c', Date.now() + 10)
  await moved.opened
  t.equal(held.giveBack('c'), false, 'what is not held is not prolonged')
})
