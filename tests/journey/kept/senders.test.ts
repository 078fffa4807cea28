import t from 'tap'
import { createSenders } from '../../../service/journey/kept/senders.ts'
import { clientOf } from '../../../service/shares.ts'

const newcomer = clientOf('198.51.100.1')

/** Adds 10 bytes of each address, in this order; an id is the address and a number. */
function sendersOf(...ips: string[]) {
  const senders = createSenders()
  for (const [index, ip] of ips.entries()) senders.add(clientOf(ip), `${ip} ${index}`, 10)
  return senders
}

t.test('the oldest of the client that holds the most goes first', (t) => {
  const senders = sendersOf('192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.2', '192.0.2.1')
  t.equal(senders.oldestOfLarger(newcomer, 10), '192.0.2.2 1')
  senders.remove(clientOf('192.0.2.2'), '192.0.2.2 1')
  senders.remove(clientOf('192.0.2.2'), '192.0.2.2 2')
  t.equal(senders.oldestOfLarger(newcomer, 10), '192.0.2.1 0')
  t.end()
})

t.test('nothing goes for a client that would hold as much itself', (t) => {
  const senders = sendersOf('192.0.2.1', '192.0.2.1', '192.0.2.2')
  const cases: [label: string, ip: string, bytes: number, expected: string | undefined][] = [
    ['less than the largest', '192.0.2.2', 9, '192.0.2.1 0'],
    ['as much as the largest', '192.0.2.2', 10, undefined],
    ['the largest itself', '192.0.2.1', 1, undefined],
    ['a newcomer with a little', '192.0.2.3', 1, '192.0.2.1 0'],
    ['a newcomer with too much', '192.0.2.3', 20, undefined],
  ]
  for (const [label, ip, bytes, expected] of cases)
    t.equal(senders.oldestOfLarger(clientOf(ip), bytes), expected, label)
  t.equal(createSenders().oldestOfLarger(newcomer, 1), undefined, 'nor where nobody holds anything')
  t.end()
})

t.test('a network of many addresses counts as one', (t) => {
  const many = Array.from({ length: 9 }, (_, number) => `2001:db8:1:${number}00::1`)
  const senders = sendersOf('192.0.2.1', '192.0.2.1', ...many)
  t.equal(senders.oldestOfLarger(newcomer, 1), `${many[0]} 2`, 'though none in it holds more than another')
  t.equal(senders.oldestOfLarger(clientOf('192.0.2.1'), 10), `${many[0]} 2`)
  t.end()
})

t.test('inside a network the flooding part of it goes first', (t) => {
  const [quiet, flooding] = ['2001:db8:1:100::1', '2001:db8:1:200::1'] as const
  const senders = sendersOf(quiet, flooding, flooding, flooding)
  t.equal(senders.oldestOfLarger(newcomer, 1), `${flooding} 1`)
  t.equal(senders.oldestOfLarger(clientOf(quiet), 1), `${flooding} 1`, 'also for others in the same network')
  t.equal(senders.oldestOfLarger(clientOf('2001:db8:1:300::1'), 1), `${flooding} 1`)
  t.equal(senders.oldestOfLarger(clientOf(flooding), 1), undefined)
  t.end()
})

t.test('what is not there can be removed', (t) => {
  const senders = sendersOf('192.0.2.1', '192.0.2.1')
  senders.remove(clientOf('192.0.2.9'), 'none')
  senders.remove(clientOf('192.0.2.1'), 'none')
  t.equal(senders.oldestOfLarger(newcomer, 19), '192.0.2.1 0')
  t.end()
})
