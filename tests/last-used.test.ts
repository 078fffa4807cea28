import t from 'tap'
import { createLastUsed } from '../service/last-used.ts'

t.test('what was not used for longest is forgotten', (t) => {
  const known = createLastUsed<string, number>(3)
  for (const [index, name] of ['a', 'b', 'c'].entries()) t.equal(known.set(name, index), index)
  t.equal(known.get('a'), 0, 'used again')
  known.set('b', 5)
  known.set('d', 3)
  t.same(['a', 'b', 'c', 'd'].map(known.get), [0, 5, undefined, 3])
  known.delete('b')
  known.set('e', 4)
  t.same(['a', 'b', 'd', 'e'].map(known.get), [0, undefined, 3, 4], 'what is deleted makes room')
  t.end()
})
