/** One request's life: who may see it, who may confirm it, and what comes of a confirmation. */
import t from 'tap'
import { Fault } from '../../service/fault.ts'
import { ServerNotReady } from '../../service/hub/files/contents.ts'
import { createJourney } from '../../service/journey/journey.ts'
import { secretNames } from '../../service/notebook/index.ts'
import { until } from '../support/until.ts'
import { faultOf, gate, setStage, statesOf, waitingAt } from './stage.ts'

t.test('a kept request belongs to the browser that sent it', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  const stranger = stage.visitor('ada', { holdsCookie: false })
  t.equal(await faultOf(journey.read(id, false)), '2 unknown')
  await t.resolves(journey.read(id, true))
  for (const action of ['show', 'confirm', 'look', 'download'] as const) {
    t.equal(await faultOf(journey[action](id, stranger)), '2 unknown', action)
  }
  t.equal(await faultOf(statesOf(journey.watch(id, stranger, AbortSignal.timeout(5000)))), '2 unknown')
  t.equal(await faultOf(journey.confirm(id, stage.visitor('ada'))), '2 unknown', 'nobody has seen it yet')
  t.same(stage.delivery.jobs, [])
})

t.test('then it is the user’s who opened it, in whatever browser', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  const { request, wanted } = await journey.show(id, stage.visitor('ada'))
  t.match(request, { state: 'claimed', owner: 'ada' })
  t.equal(`${wanted.folder}/${wanted.name(1)}`, 'a/Plot_x.ipynb')
  await t.resolves(journey.read(id, false), 'a login may help')
  const elsewhere = stage.visitor('ada', { holdsCookie: false })
  t.match((await journey.show(id, elsewhere)).request, { owner: 'ada' })
  for (const holdsCookie of [true, false]) {
    const eve = stage.visitor('eve', { holdsCookie })
    t.equal(await faultOf(journey.show(id, eve)), '2 unknown')
    t.equal(await faultOf(journey.confirm(id, eve)), '2 unknown')
  }
})

t.test('who has the name of its deleted owner is somebody else', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  const made = (created?: string) => {
    const { user, ...rest } = stage.visitor('ada')
    return { ...rest, user: { ...user!, created } }
  }
  const owner = made('2026-01-05T08:30:00.123456Z')
  await journey.show(id, owner)
  for (const later of [made('2026-01-05T09:30:00.123456Z'), made()]) {
    for (const action of ['show', 'preview', 'look', 'confirm', 'cancel', 'download'] as const) {
      t.equal(await faultOf(journey[action](id, later)), '2 unknown', action)
    }
    t.equal(await faultOf(statesOf(journey.watch(id, later, AbortSignal.timeout(5000)))), '2 unknown')
  }
  t.match(await journey.confirm(id, owner), { state: 'written' })
})

t.test('two users who open it at once: one of them has it', async (t) => {
  const stage = await setStage(t)
  const replicas = [stage.replica(), stage.replica()] as const
  for (let round = 0; round < 50; round++) {
    const id = await stage.click(replicas[0])
    const seen = await Promise.all([
      faultOf(replicas[0].show(id, stage.visitor('ada'))),
      faultOf(replicas[1].show(id, stage.visitor('eve'))),
    ])
    t.same(seen.map((one) => one.startsWith('2 ')).sort(), [false, true])
  }
})

t.test('an id that is none is unknown', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  for (const id of ['', 'x', 'A'.repeat(22), '../../x', `${'A'.repeat(21)}\0`]) {
    t.equal(await faultOf(journey.show(id, stage.visitor('ada'))), '2 unknown', JSON.stringify(id))
    t.equal(await faultOf(journey.read(id, true)), '2 unknown')
  }
})

t.test('however often it is sent, a confirmation makes one notebook', async (t) => {
  const stage = await setStage(t)
  const replicas = [stage.replica(), stage.replica()]
  const ada = stage.visitor('ada')
  const id = await stage.click(replicas[0]!)
  await replicas[0]!.show(id, ada)
  const sent = Array.from({ length: 8 }, (_, index) => replicas[index % 2]!.confirm(id, ada))
  const results = (await Promise.all(sent)).map(({ result }) => result?.url)
  t.same(new Set(results), new Set(['/user/ada/notebooks/a/Plot_x.ipynb']))
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
  t.match(await replicas[1]!.confirm(id, ada), { state: 'written', result: { path: 'a/Plot_x.ipynb' } })
  t.equal(stage.delivery.jobs.length, 1)
})

t.test('a journey whose end cannot be kept tells so, and goes on when there is room', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const { put } = stage.store
  stage.store.put = async (...entry) => {
    if (entry[0].startsWith('request:')) throw new Fault(25, 'store-full')
    await put(...entry)
  }
  t.match(await journey.confirm(id, ada), { state: 'starting' })
  t.equal(await faultOf(statesOf(journey.watch(id, ada, AbortSignal.timeout(60_000)))), '25 store-full')
  t.equal(await faultOf(journey.look(id, ada)), '25 store-full', 'also who comes back')
  t.equal(stage.unexpected.length, 5, 'after a few attempts')
  t.same(stage.delivery.written, [])

  stage.store.put = put
  const told = async () => (await journey.look(id, ada).catch(() => undefined))?.state === 'written'
  await until('the next attempt', told)
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('each click makes a notebook of its own', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  for (const path of ['a/Plot_x.ipynb', 'a/Plot_x (2).ipynb']) {
    const id = await stage.click(journey)
    await journey.show(id, ada)
    t.equal((await journey.confirm(id, ada)).result?.path, path)
  }
})

t.test('a stopped server is started once, and its messages are kept', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const { open, opened } = gate()
  stage.hub.states.set('ada', 'stopped')
  stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested', 'Pulling image'])
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  const clicked = await journey.confirm(id, stage.visitor('ada'))
  t.equal(clicked.state, 'starting', 'the click does not wait for the server')
  t.match(clicked.steps[0], { message: 'Server requested' })
  await journey.confirm(id, ada)
  const watching = statesOf(journey.watch(id, ada, AbortSignal.timeout(20_000)))
  open()
  t.same(await watching, ['starting', 'writing', 'written'])
  const done = await journey.look(id, ada)
  t.same(
    done.steps.map(({ message }) => message),
    ['Server requested', 'Pulling image', 'Server ready'],
  )
  t.same(stage.hub.starts, ['ada'])
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('what fails is told, kept, and can be tried again without another click', async (t) => {
  const cases: [
    label: string,
    told: string,
    fail: (stage: Awaited<ReturnType<typeof setStage>>) => () => void,
  ][] = [
    [
      'a full disk',
      '11 disk-full',
      ({ delivery }) => {
        delivery.before = () => {
          throw new Fault(11, 'disk-full')
        }
        return () => {
          delivery.before = () => {}
        }
      },
    ],
    [
      'a start that the Hub refuses',
      '23 failed',
      ({ hub }) => {
        hub.states.set('ada', 'stopped')
        hub.onStart = () => {
          throw new Fault(23, 'failed', { message: 'no room' })
        }
        return () => {
          hub.onStart = () => {}
        }
      },
    ],
    [
      'a start that breaks off',
      '23 failed',
      ({ hub }) => {
        const { tell } = hub
        hub.states.set('ada', 'stopped')
        hub.tell = async function* () {
          yield { percent: 10, message: 'Server requested', ready: false, failed: false }
          hub.states.set('ada', 'stopped')
          yield { percent: 100, message: 'no room', ready: false, failed: true }
        }
        return () => {
          hub.tell = tell
        }
      },
    ],
    [
      'a server that starts and is gone again',
      '23 stopped',
      ({ hub }) => {
        const { tell } = hub
        hub.states.set('ada', 'stopped')
        hub.tell = async function* () {
          hub.states.set('ada', 'stopped')
          yield { percent: 100, message: 'ready', ready: true, failed: false }
        }
        return () => {
          hub.tell = tell
        }
      },
    ],
    [
      'a server that never answers for itself',
      '11 not-ready',
      ({ delivery }) => {
        delivery.before = () => {
          throw new ServerNotReady('the server of a test')
        }
        return () => {
          delivery.before = () => {}
        }
      },
    ],
    [
      'an error that nobody expected',
      '1 unexpected',
      ({ delivery }) => {
        delivery.before = () => {
          throw new TypeError('inside')
        }
        return () => {
          delivery.before = () => {}
        }
      },
    ],
  ]
  for (const [label, told, fail] of cases) {
    await t.test(label, async (t) => {
      const stage = await setStage(t)
      const journey = stage.replica()
      const id = await stage.click(journey)
      await journey.show(id, stage.visitor('ada'))
      const mend = fail(stage)
      await journey.confirm(id, stage.visitor('ada'))
      await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))
      const failed = await journey.look(id, stage.visitor('ada'))
      t.equal(failed.state, 'failed')
      t.equal(`${failed.fault?.code} ${failed.fault?.reason}`, told)
      t.notMatch(JSON.stringify(failed), 'inside')
      t.match(stage.failures, [{ request: { id }, fault: { code: failed.fault?.code } }])
      t.same(stage.delivery.written, [])
      mend()
      await journey.confirm(id, stage.visitor('ada'))
      t.same(
        (await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))).at(-1),
        'written',
      )
      const done = await journey.look(id, stage.visitor('ada'))
      t.notOk(done.fault, 'the fault is forgotten')
      t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
    })
  }
})

t.test('a server that turns out not to be ready is asked for again', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  let tries = 0
  stage.delivery.before = () => {
    tries++
    if (tries > 1) return
    // As when it has been culled since: the Hub knows by the time that it is asked.
    stage.hub.states.set('ada', 'stopped')
    throw new ServerNotReady('the server of a test')
  }
  await journey.confirm(id, stage.visitor('ada'))
  await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))
  t.same(stage.hub.starts, ['ada'])
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('a server that is being stopped is waited for', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const id = await stage.click(journey)
  stage.hub.states.set('ada', 'stopping')
  await journey.show(id, stage.visitor('ada'))
  const { whoAmI } = stage.hub
  let looks = 0
  stage.hub.whoAmI = async (token) => {
    looks++
    if (looks === 2) stage.hub.states.set('ada', 'stopped')
    return whoAmI(token)
  }
  await journey.confirm(id, stage.visitor('ada'))
  t.same(
    (await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))).at(-1),
    'written',
  )
  t.same(stage.hub.starts, ['ada'])
})

t.test('after a logout nothing is written', async (t) => {
  await t.test('while the server starts', async (t) => {
    const stage = await setStage(t)
    const journey = stage.replica()
    const { open, opened } = gate()
    stage.hub.states.set('ada', 'stopped')
    stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
    const id = await stage.click(journey)
    await journey.show(id, stage.visitor('ada'))
    await journey.confirm(id, stage.visitor('ada'))
    stage.hub.gone.add('token-of-ada')
    open()
    const states = await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))
    t.equal(states.at(-1), 'failed')
    t.match((await journey.look(id, stage.visitor('ada'))).fault, { code: 27, reason: 'no-session' })
    t.same(stage.delivery.jobs, [])
  })

  await t.test('and without the scopes neither', async (t) => {
    const stage = await setStage(t)
    const journey = stage.replica()
    const id = await stage.click(journey)
    await journey.show(id, stage.visitor('ada'))
    const { whoAmI } = stage.hub
    const poor = async (token: string) => ({ ...(await whoAmI(token))!, scopes: ['access:servers!user=ada'] })
    stage.hub.whoAmI = poor
    const visitor = { ...stage.visitor('ada'), user: (await poor('token-of-ada'))! }
    const failed = await journey.confirm(id, visitor)
    t.match(failed, { state: 'failed', fault: { code: 22, values: { scope: 'servers!user=ada' } } })
    t.same(stage.delivery.jobs, [])
  })

  await t.test('nor for somebody who may not use the service any more', async (t) => {
    const stage = await setStage(t)
    const journey = stage.replica()
    const { open, opened } = gate()
    stage.hub.states.set('ada', 'stopped')
    stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
    const id = await stage.click(journey)
    await journey.show(id, stage.visitor('ada'))
    await journey.confirm(id, stage.visitor('ada'))
    const { whoAmI } = stage.hub
    stage.hub.whoAmI = async (token) => {
      const user = (await whoAmI(token))!
      return { ...user, scopes: user.scopes.filter((scope) => !scope.startsWith('access:services')) }
    }
    open()
    await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(10_000)))
    const failed = await journey.look(id, stage.visitor('ada'))
    const scope = 'access:services!service=templates'
    t.match(failed, { state: 'failed', fault: { code: 22, values: { scope } } })
    t.same(stage.delivery.jobs, [])
  })
})

t.test('work that was cut off goes on at the next visit', async (t) => {
  await t.test('by a shutdown while the server starts', async (t) => {
    const stage = await setStage(t)
    const first = stage.replica()
    const { open, opened } = gate()
    stage.hub.states.set('ada', 'stopped')
    stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
    const id = await stage.click(first)
    await first.show(id, stage.visitor('ada'))
    await first.confirm(id, stage.visitor('ada'))
    await first.close()
    t.same(stage.failures, [], 'a shutdown is no failure')
    const second = stage.replica()
    t.equal((await second.look(id, stage.visitor('ada'))).state, 'starting')
    open()
    const states = await statesOf(second.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))
    t.equal(states.at(-1), 'written')
    t.same(stage.hub.starts, ['ada'], 'the server that starts already is not started again')
    t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
  })

  await t.test('but what is being written is finished first', async (t) => {
    const stage = await setStage(t)
    const journey = stage.replica()
    const id = await stage.click(journey)
    await journey.show(id, stage.visitor('ada'))
    const writing = gate()
    const { open, opened } = gate()
    stage.delivery.before = () => {
      writing.open()
      return opened
    }
    const confirming = journey.confirm(id, stage.visitor('ada'))
    await writing.opened
    const closing = journey.close()
    open()
    await closing
    await confirming
    t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
    t.equal((await stage.replica().look(id, stage.visitor('ada'))).state, 'written')
  })

  await t.test('and first looks whether it had been done', async (t) => {
    const stage = await setStage(t)
    const first = stage.replica()
    const id = await stage.click(first)
    await first.show(id, stage.visitor('ada'))
    await first.confirm(id, stage.visitor('ada'))
    // As a process leaves it that dies between the write and its record.
    const key = `request:${id}`
    const { result: _, ...died } = JSON.parse(String(await stage.store.get(key)))
    await stage.store.put(key, Buffer.from(JSON.stringify({ ...died, state: 'writing' })), 100)
    const second = stage.replica()
    await second.look(id, stage.visitor('ada'))
    const states = await statesOf(second.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))
    t.equal(states.at(-1), 'written')
    t.equal(stage.delivery.jobs.at(-1)?.tried, 'a/Plot_x.ipynb')
    t.same(stage.delivery.written, ['a/Plot_x.ipynb'], 'no second notebook')
  })
})

t.test('a request expires', async (t) => {
  const stage = await setStage(t, { requestTtl_s: 60 })
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const [seen, unseen, confirmed] = [
    await stage.click(journey, 'seen'),
    await stage.click(journey, 'unseen'),
    await stage.click(journey, 'confirmed'),
  ]
  await journey.show(seen, ada)
  await journey.show(confirmed, ada)
  await journey.confirm(confirmed, ada)
  stage.pass(61)
  t.equal(await faultOf(journey.show(unseen, ada)), '2 unknown')
  t.equal(await faultOf(journey.show(seen, ada)), '2 unknown')
  t.equal(await faultOf(journey.confirm(seen, ada)), '2 unknown')
  t.match(await journey.look(confirmed, ada), { state: 'written' }, 'but not while it is worked on')
  stage.pass(3600)
  t.equal(await faultOf(journey.look(confirmed, ada)), '2 unknown')
  t.same(stage.delivery.written, ['a/Plot_confirmed.ipynb'])
})

t.test('who stops watching stops nothing', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const { open, opened } = gate()
  stage.hub.states.set('ada', 'stopped')
  stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  await journey.confirm(id, stage.visitor('ada'))
  const leaving = new AbortController()
  const watching = statesOf(journey.watch(id, stage.visitor('ada'), leaving.signal))
  leaving.abort()
  t.ok((await watching).length <= 1)
  open()
  t.equal(
    (await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(20_000)))).at(-1),
    'written',
  )
})

t.test('nothing that is kept holds a token', async (t) => {
  const stage = await setStage(t)
  const kept: string[] = []
  const { put, compareAndSet } = stage.store
  Object.assign(stage.store, {
    put: (...entry: Parameters<typeof put>) => {
      kept.push(String(entry[1]))
      return put(...entry)
    },
    compareAndSet: (...entry: Parameters<typeof compareAndSet>) => {
      kept.push(String(entry[2]))
      return compareAndSet(...entry)
    },
  })
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  await journey.confirm(id, stage.visitor('ada'))
  t.ok(kept.length > 4)
  t.notMatch(kept.join(), 'token-of-')
})

t.test('a notebook goes where its user wants it, within the rules', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const wrong = journey.confirm(id, ada, { folder: '../eve', name: 'x' })
  t.equal(await faultOf(wrong), '16 not-allowed')
  t.match((await journey.show(id, ada)).request, { state: 'claimed' }, 'nothing has begun')
  await journey.confirm(id, ada, { folder: 'lab/2024', name: 'Probe 7' })
  t.same(stage.delivery.written, ['lab/2024/Probe 7.ipynb'])
  await journey.confirm(id, ada, { folder: 'elsewhere', name: 'again' })
  t.same(stage.delivery.written, ['lab/2024/Probe 7.ipynb'], 'a repeat changes nothing')
})

t.test('who has made the same notebook before is told so', async (t) => {
  const stage = await setStage(t)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const make = async (name: string, visitor = ada) => {
    const id = await stage.click(journey, name)
    const { before } = await journey.show(id, visitor)
    await journey.confirm(id, visitor)
    // It is written down after the answer, before the work's lease is given back.
    await (await stage.store.waitForLease(`job:${id}`, 10, 10)).release()
    return before
  }
  t.equal(await make('x'), undefined)
  t.match(await make('x'), { path: 'a/Plot_x.ipynb', url: '/user/ada/notebooks/a/Plot_x.ipynb', time: /Z$/ })
  t.match(await make('x'), { path: 'a/Plot_x (2).ipynb' }, 'the last one')
  t.equal(await make('y'), undefined, 'other parameters')
  t.equal(await make('x', stage.visitor('eve')), undefined, 'another user')

  const template = 'a/Plot_{name}.ipynb'
  const fact = { template, title: 'Plot_{name}', sender: null, server: '', time: /Z$/ }
  const paths = ['a/Plot_y.ipynb', 'a/Plot_x (3).ipynb', 'a/Plot_x (2).ipynb', 'a/Plot_x.ipynb']
  t.match(
    await journey.madeBy(ada.user!),
    paths.map((path) => ({ ...fact, path })),
    'and all of them are listed',
  )
  await journey.clearHistory(ada.user!)
  t.same(await journey.madeBy(ada.user!), [])
  t.equal(await make('x'), undefined, 'what was cleared is not offered')
  t.equal(
    (await journey.madeBy(stage.visitor('eve').user!)).length,
    1,
    'another one’s history is not touched',
  )
})

t.test(
  'a delivery that nobody could ever use is refused at the start, and does not wait in silence',
  async (t) => {
    const { store, catalogue, delivery } = await setStage(t)
    const parts = {
      store,
      catalogue,
      delivery,
      limits: { maxParamsBytes: 10_000, maxKeptBytes: 2 ** 24, requestTtl_s: 3600 },
      target: '',
      secretNames: secretNames(),
      version: '0.0.0',
      failed: () => {},
      unexpected: () => {},
    }
    t.throws(() => createJourney({ ...parts, hub: undefined }), { message: 'a delivery requires a hub' })
  },
)
