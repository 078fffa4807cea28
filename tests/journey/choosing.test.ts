import t from 'tap'
import { Fault } from '../../service/fault.ts'
import type { Visitor } from '../../service/journey/journey.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import { hasChosen } from '../../service/journey/starts/choosing.ts'
import { faultOf, gate, type Stage, setStage, statesOf } from './stage.ts'

/** In which Hub session somebody comes, and what the Hub says of them now. */
const visitorIn = (stage: Stage, name: string, sessionId: string | null = 'session'): Visitor => {
  const visitor = stage.visitor(name)
  return { ...visitor, user: { ...visitor.user!, sessionId } }
}

async function confirmed(stage: Stage) {
  stage.hub.states.set('ada', 'stopped')
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  return { journey, id, kept: await journey.confirm(id, stage.visitor('ada')) }
}

t.test('where the Hub asks for options, the confirmation waits for its page', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const { journey, id, kept } = await confirmed(stage)
  t.match(kept, { state: 'claimed', steps: [] })
  t.ok(kept.choosing)
  t.notMatch(JSON.stringify(kept), /"session":"session"/, 'the session itself is not kept')
  t.same([stage.hub.starts, stage.delivery.written, stage.failures], [[], [], []])

  stage.hub.states.set('ada', 'ready')
  const begun = await journey.comeBack(id, stage.visitor('ada'), false)
  t.match(begun, { state: 'written', result: { path: 'a/Plot_x.ipynb' } }, 'no second confirmation')
  t.notOk(begun?.choosing)
  t.equal(await journey.comeBack(id, stage.visitor('ada'), false), undefined, 'it is good once')
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
  t.same(stage.hub.starts, [])
})

t.test('two tabs that come back at once make one notebook', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const { journey, id } = await confirmed(stage)
  stage.hub.states.set('ada', 'ready')
  const other = stage.replica()
  await Promise.all([
    journey.comeBack(id, stage.visitor('ada'), false),
    other.comeBack(id, stage.visitor('ada'), false),
  ])
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('going to the page of a request makes nothing', async (t) => {
  type Come = (stage: Stage) => { visitor?: Visitor; isSent?: boolean }
  const cases: Record<string, Come> = {
    'when another site sends its user there': () => ({ isSent: true }),
    'in another session of its user': (stage) => ({ visitor: visitorIn(stage, 'ada', 'other') }),
    'without a session': (stage) => ({ visitor: visitorIn(stage, 'ada', null) }),
    'while the server is still stopped': (stage) => {
      stage.hub.states.set('ada', 'stopped')
      return {}
    },
  }
  for (const [label, come] of Object.entries(cases)) {
    const stage = await setStage(t, { start: 'form' })
    const { journey, id } = await confirmed(stage)
    stage.hub.states.set('ada', 'ready')
    const { visitor = stage.visitor('ada'), isSent = false } = come(stage)
    t.equal(await journey.comeBack(id, visitor, isSent), undefined, label)
    stage.hub.states.set('ada', 'ready')
    t.equal(
      await journey.comeBack(id, stage.visitor('ada'), false),
      undefined,
      `${label}: it is asked again, so what was confirmed before holds no more`,
    )
    t.same(stage.delivery.written, [], label)
  }

  const stage = await setStage(t, { start: 'form' })
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  t.equal(await journey.comeBack(id, stage.visitor('ada'), false), undefined, 'that was never confirmed')
  t.equal(await faultOf(journey.comeBack(id, stage.visitor('eve'), false)), '2 unknown', 'of another user')
  t.same(stage.delivery.written, [])
})

t.test('a confirmation waits for an hour', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const { kept } = await confirmed(stage)
  stage.hub.states.set('ada', 'ready')
  const user = stage.hub.userOf('ada')
  const begun = Date.parse(kept.begun ?? '')
  t.ok(hasChosen(kept, user, begun + 3_599_000))
  t.notOk(hasChosen(kept, user, begun + 3_601_000))
  t.ok(kept.expires >= begun + 3_600_000, 'and the request with it')
  const { choosing: _, ...asked } = kept
  t.notOk(hasChosen(asked as KeptRequest, user))
})

t.test('a template that was limited meanwhile is not used', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const { journey, id } = await confirmed(stage)
  stage.hub.states.set('ada', 'ready')
  stage.folder.write('templates.yaml', 'a: {groups: [lab]}')
  await stage.catalogue.refresh()
  t.equal(await faultOf(journey.comeBack(id, stage.visitor('ada'), false)), '13 unknown')
  t.same(stage.delivery.written, [])
})

t.test('a server that stops under way is waited for, then the Hub asks', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  stage.hub.states.set('ada', 'stopping')
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  const confirming = journey.confirm(id, stage.visitor('ada'))
  for await (const { state } of journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(10_000)))
    if (state === 'starting') break
  stage.hub.states.set('ada', 'stopped')
  t.ok((await confirming).choosing)
  t.same(stage.hub.starts, [])
})

t.test('a server that runs or starts asks for nothing', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const journey = stage.replica()
  for (const state of ['ready', 'starting'] as const) {
    stage.hub.states.set('ada', state)
    const id = await stage.click(journey, state)
    await journey.show(id, stage.visitor('ada'))
    await journey.confirm(id, stage.visitor('ada'))
    t.equal(
      (await statesOf(journey.watch(id, stage.visitor('ada'), AbortSignal.timeout(10_000)))).at(-1),
      'written',
      state,
    )
  }
})

t.test('what the API could not start, the Hub’s page may', async (t) => {
  const stage = await setStage(t)
  stage.hub.onStart = () => {
    throw new Fault(23, 'failed', { message: 'Please choose a profile' })
  }
  const { journey, id, kept } = await confirmed(stage)
  t.match(kept, { state: 'failed', fault: { code: 23 } })
  stage.hub.states.set('ada', 'ready')
  t.match(await journey.comeBack(id, stage.visitor('ada'), false), { state: 'written' })
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('other failures wait for a new click', async (t) => {
  const stage = await setStage(t)
  stage.delivery.before = () => {
    throw new Fault(11, 'disk-full')
  }
  stage.hub.states.set('ada', 'ready')
  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, stage.visitor('ada'))
  t.match(await journey.confirm(id, stage.visitor('ada')), { state: 'failed', fault: { code: 11 } })
  stage.delivery.before = () => {}
  t.equal(await journey.comeBack(id, stage.visitor('ada'), false), undefined)
  t.same(stage.delivery.written, [])
})

t.test('a confirmation that was called off holds no more', async (t) => {
  const stage = await setStage(t, { start: 'form' })
  const { journey, id } = await confirmed(stage)
  // From a page of progress that another tab still shows.
  t.notOk((await journey.cancel(id, stage.visitor('ada'))).choosing)
  stage.hub.states.set('ada', 'ready')
  t.equal(await journey.comeBack(id, stage.visitor('ada'), false), undefined)
  t.same(stage.delivery.written, [])
})

t.test('who chose a server that is gone is asked again, not led to the page of another one', async (t) => {
  const starts = {
    'while the Hub asks': await setStage(t, { start: 'form' }),
    'when the start has failed': await setStage(t),
  }
  for (const [label, stage] of Object.entries(starts)) {
    stage.hub.onStart = () => {
      throw new Fault(23, 'failed', { message: 'Please choose a profile' })
    }
    const { journey, id } = await confirmed(stage)
    const kept = await journey.confirm(id, stage.visitor('ada'), undefined, 'as-it-is:gone')
    t.equal(kept.state, 'claimed', label)
    t.notOk(kept.choosing, label)
    stage.hub.states.set('ada', 'ready')
    t.equal(await journey.comeBack(id, stage.visitor('ada'), false), undefined, label)
    t.same(stage.delivery.written, [], label)
  }
})

t.test('of those who come back, as many are let in as of those who click', async (t) => {
  const stage = await setStage(t, { start: 'form', mostWorks: 1 })
  const { journey, id } = await confirmed(stage)
  const other = await stage.click(journey, 'y')
  await journey.show(other, stage.visitor('ada'))
  await journey.confirm(other, stage.visitor('ada'))
  stage.hub.states.set('ada', 'ready')
  const writing = gate()
  const written = gate()
  stage.delivery.before = () => {
    writing.open()
    return written.opened
  }
  const first = journey.comeBack(id, stage.visitor('ada'), false)
  await writing.opened
  t.equal(await faultOf(journey.comeBack(other, stage.visitor('ada'), false)), '25 own-works')
  written.open()
  t.match(await first, { state: 'written' })
  t.match(await journey.comeBack(other, stage.visitor('ada'), false), { state: 'written' }, 'it still waits')
})
