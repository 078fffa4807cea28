import t from 'tap'
import { attack, startNeighbours } from '../support/neighbours.ts'

t.setTimeout(120_000)

t.test('a user whose server holds 140 works keeps nobody else from a notebook', async (t) => {
  const neighbours = await startNeighbours(t)
  const works = await attack(neighbours, 140)
  const confirm = await neighbours.prepare('ada')
  const written = await confirm()
  t.match(written, { state: 'written', result: { path: /^folder-\d+\/x\.ipynb$/ } })
  t.ok(neighbours.held() > 0, 'while eve’s are still held')
  t.ok(neighbours.held() <= 4, `and hold no more than four connections: ${neighbours.held()}`)

  neighbours.hostile = false
  neighbours.release()
  const states = await Promise.all(works)
  t.equal(states.length, 140, 'all of eve’s confirmations have been answered')
})
