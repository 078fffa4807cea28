import t from 'tap'
import { clientOf, createShares } from '../service/shares.ts'

t.test('a client is an IPv4 address, or the networks of an IPv6 address', (t) => {
  const documentation = ['20010db80001/48', '20010db8000102/56', '20010db800010203/64']
  const cases: [ip: string, client: string[]][] = [
    ['192.0.2.1', ['192.0.2.1']],
    ['::ffff:192.0.2.1', ['192.0.2.1']],
    ['2001:db8:1:203::1', documentation],
    ['2001:0DB8:0001:0203:ffff:0:0:9', documentation],
    ['2001:db8:1:203::%eth0', documentation],
    ['::1', ['000000000000/48', '00000000000000/56', '0000000000000000/64']],
    ['2001:db8::', ['20010db80000/48', '20010db8000000/56', '20010db800000000/64']],
  ]
  for (const [ip, client] of cases) t.same(clientOf(ip), client, ip)
  t.end()
})

t.test('a network holds more than an address, and an end all the same', (t) => {
  const fitting = (ips: readonly string[]) => {
    const shares = createShares(100)
    return ips.filter((ip) => shares.take(clientOf(ip), 10) !== undefined).length
  }
  const numbers = Array.from({ length: 80 }, (_, number) => number)
  const cases: [label: string, ips: string[], fit: number][] = [
    ['an IPv4 address', numbers.map(() => '192.0.2.1'), 10],
    ['a /64', numbers.map((number) => `2001:db8:1:1::${number}`), 10],
    ['a /56', numbers.map((number) => `2001:db8:1:1${number + 10}::1`), 15],
    ['a /48', numbers.map((number) => `2001:db8:1:${number}00::1`), 20],
    ['several /48', numbers.map((number) => `2001:db8:${number}::1`), 80],
    ['several IPv4 addresses', numbers.map((number) => `192.0.2.${number}`), 80],
  ]
  for (const [label, ips, fit] of cases) t.equal(fitting(ips), fit, label)
  t.end()
})

t.test('what is given back is free again, once', (t) => {
  const shares = createShares(100)
  const [one, other] = ['2001:db8:1:1::1', '2001:db8:1:200::1'].map(clientOf)
  const giveBack = shares.take(one!, 100)
  t.ok(shares.take(other!, 100))
  t.notOk(shares.take(other!, 1), 'the other one has its share')
  t.notOk(shares.take(clientOf('2001:db8:1:300::1'), 1), 'and their network, too')
  giveBack?.()
  giveBack?.()
  t.ok(shares.take(one!, 100))
  t.notOk(shares.take(one!, 1))
  t.end()
})
