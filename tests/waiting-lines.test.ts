import { getEventListeners } from 'node:events'
import t from 'tap'
import { createWaitingLines } from '../service/waiting-lines.ts'

t.test('a few are let in for each key, the others in the order in which they came', async (t) => {
  const lines = createWaitingLines(2)
  const came: string[] = []
  const enter = async (name: string) => {
    const turn = await lines.enter('a', undefined)
    came.push(name)
    return turn
  }
  const first = await enter('1')
  const second = await enter('2')
  const others = [enter('3'), enter('4')]
  t.match(await lines.enter('b'), { waited: false }, 'who comes for something else does not wait')
  t.same(came, ['1', '2'])
  first.leave()
  first.leave()
  t.match(await others[0], { waited: true })
  t.same(came, ['1', '2', '3'], 'leaving twice lets one in')
  second.leave()
  await others[1]
  t.same(came, ['1', '2', '3', '4'])
})

t.test('who gives up does not keep the others waiting', async (t) => {
  const lines = createWaitingLines(1)
  const first = await lines.enter('a')
  const giving = new AbortController()
  const second = lines.enter('a', giving.signal)
  const third = lines.enter('a')
  giving.abort('enough')
  t.equal(await second.catch((reason) => reason), 'enough')
  t.equal(await lines.enter('a', giving.signal).catch((reason) => reason), 'enough', 'nor who comes too late')
  t.same(getEventListeners(giving.signal, 'abort'), [])
  first.leave()
  t.match(await third, { waited: true })
})

t.test('who waits is told the place in line, whoever leaves it', async (t) => {
  const lines = createWaitingLines(1)
  const places: Record<string, number[]> = { a: [], b: [], c: [] }
  t.ok(lines.isFree('x'))
  const first = await lines.enter('x')
  t.notOk(lines.isFree('x'))
  const giving = new AbortController()
  const line = [
    lines.enter('x', undefined, (place) => places.a?.push(place)),
    lines.enter('x', giving.signal, (place) => places.b?.push(place)),
    lines.enter('x', undefined, (place) => places.c?.push(place)),
  ]
  t.same(places, { a: [1], b: [2], c: [3] })
  giving.abort('enough')
  t.equal(await line[1]?.catch((reason) => reason), 'enough')
  t.same(places, { a: [1, 1], b: [2], c: [3, 2] }, 'who gives up lets those behind come nearer')
  first.leave()
  const second = await line[0]
  t.same(places, { a: [1, 1], b: [2], c: [3, 2, 1] })
  t.notOk(lines.isFree('x'))
  second?.leave()
  const last = await line[2]
  last?.leave()
  t.ok(lines.isFree('x'))
})
