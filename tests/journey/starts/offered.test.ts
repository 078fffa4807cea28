import t from 'tap'
import type { ServerState } from '../../../service/hub/hub.ts'
import {
  chooseServer,
  currentOf,
  defaultServer,
  offeredServers,
  runsWith,
} from '../../../service/journey/starts/offered.ts'
import { runningServer as up } from '../../support/running-server.ts'

const gpu = { profile: 'gpu' }
const offer = (
  servers: Record<string, ServerState>,
  server?: string,
  serverOptions?: Record<string, unknown>,
) => offeredServers({ server, serverOptions }, new Map(Object.entries(servers)))
const brief = (offered: ReturnType<typeof offer>) =>
  offered.map(({ kind, server, asItIs }) => `${kind} ${server}${asItIs ? ' as it is' : ''}`)

t.test('what a user may choose from', async (t) => {
  const stopped: ServerState = { state: 'stopped' }
  const starting: ServerState = { state: 'starting', options: {} }
  const table: [label: string, offered: ReturnType<typeof offer>, ...wanted: string[]][] = [
    ['one server, stopped', offer({}), 'wanted '],
    ['one server, running', offer({ '': up() }), 'wanted '],
    [
      'others that run',
      offer({ '': up(), b: up(), c: starting, d: stopped }),
      'wanted ',
      'running b as it is',
      'running c as it is',
    ],
    ['a named one', offer({}, 'gpu'), 'wanted gpu', 'default  as it is'],
    [
      'a named one, while others run',
      offer({ '': up(), b: up() }, 'gpu'),
      'wanted gpu',
      'default  as it is',
      'running b as it is',
    ],
    ['options, stopped', offer({}, undefined, gpu), 'wanted '],
    ['options, running with them', offer({ '': up({ ...gpu, more: 1 }) }, undefined, gpu), 'wanted '],
  ]
  for (const [label, offered, ...wanted] of table) {
    t.same(brief(offered), wanted, label)
    t.equal(currentOf(offered, { server: offered[0]!.server })?.key, offered[0]!.key, `${label}: the first`)
  }

  const [asItIs, more] = offer({ '': up({ profile: 'small' }) }, undefined, gpu)
  t.match(asItIs, { kind: 'other-options', server: '', asItIs: true, options: { profile: 'small' } })
  t.match(more, { kind: 'further', asItIs: false, state: 'stopped' })
  t.match(more?.server, /^templates-[0-9a-f]{8}$/)
  const name = more!.server
  t.same(brief(offer({ '': starting, [name]: up(gpu) }, undefined, gpu)), [
    `wanted ${name}`,
    'other-options  as it is',
  ])
  t.same(
    brief(offer({ '': starting, [name]: up({}) }, undefined, gpu)),
    ['other-options  as it is', `running ${name} as it is`],
    'a further one that somebody has started otherwise',
  )
  t.not(name, offer({ '': up() }, undefined, { profile: 'small' })[1]?.server, 'other options, another name')
  t.equal(
    offer({ '': up() }, undefined, { a: 1, b: 2 })[1]?.server,
    offer({ '': up() }, undefined, { b: 2, a: 1 })[1]?.server,
    'whatever their order',
  )
})

t.test('nothing is chosen for a user whose server runs with other options', async (t) => {
  const offered = offer({ '': up({}) }, undefined, gpu)
  t.equal(currentOf(offered, { server: '' }), undefined)
  t.equal(currentOf(offered, { server: '', asItIs: true })?.kind, 'other-options', 'unless they have said so')
})

t.test('only what is offered can be chosen', async (t) => {
  const offered = offer({ b: up() }, 'gpu')
  for (const { key, server, asItIs } of offered) t.same(chooseServer(key, offered), { server, asItIs })
  for (const key of ['', 'b', 'as-it-is:c', 'wanted:..', 'wanted:b'])
    t.equal(chooseServer(key, offered), undefined, key)
  t.same(chooseServer(defaultServer, offer({})), { server: '', asItIs: true }, 'the default one always')
})

t.test('no more are offered than anybody chooses from', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`s${index}`, up()]))
  t.equal(offer(many).length, 20)
})

t.test('options are compared by what they say', async (t) => {
  t.ok(runsWith(up(), undefined))
  t.ok(runsWith(up({ a: { b: [1], c: 2 }, z: 1 }), { a: { c: 2, b: [1] } }))
  for (const other of [{}, { a: '1' }, { a: [1] }, { a: null }]) t.notOk(runsWith(up(other), { a: 1 }))
  t.notOk(runsWith(up(), { a: 1 }), 'nothing is known of them')
})
