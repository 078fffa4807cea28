import { once } from 'node:events'
import t, { type Test } from 'tap'
import type { Journey, Visitor } from '../../service/journey/journey.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import { notebookWith } from '../catalogue/folder.ts'
import { setStage } from './stage.ts'

t.test('a template that is not for a user is not there for them, by whichever step', async (t) => {
  const stage = await setStage(t)
  const { folder, catalogue } = stage
  const limit = async (groups: string[] | undefined) => {
    folder.write('templates.yaml', groups === undefined ? '{}' : `a: {groups: [${groups}]}`)
    await catalogue.refresh()
  }
  const journey = stage.replica()
  const outsider = stage.visitor('mia', { groups: ['others'] })
  const member = stage.visitor('ada', { groups: ['others', 'lab'] })
  const unknown = { code: 13, reason: 'unknown' }

  await limit(['lab'])
  const id = await stage.click(journey)
  await t.rejects(journey.show(id, outsider), unknown, 'show')
  await t.rejects(journey.confirm(id, outsider), { code: 2 }, 'confirm without having seen it')
  t.match(
    await journey.show(id, member),
    { request: { owner: 'ada' } },
    'a member may, and it was not claimed before',
  )

  await limit(['chiefs'])
  await t.rejects(journey.show(id, member), unknown, 'limited after it was shown: show')
  await t.rejects(journey.confirm(id, member), unknown, 'limited after it was shown: confirm')
  await t.rejects(journey.download(id, member), unknown, 'limited after it was shown: download')
  t.strictSame(stage.delivery.written, [])

  await limit(undefined)
  t.match(await journey.confirm(id, member), { state: 'written' })
})

t.test('a limit inside the template counts like one in templates.yaml', async (t) => {
  const stage = await setStage(t)
  stage.folder.write('a/Plot_{name}.ipynb', notebookWith({ own: { groups: ['lab'] } }))
  const journey = stage.replica()
  const id = await stage.click(journey)
  await t.rejects(journey.show(id, stage.visitor('mia')), { code: 13 })
  t.match(await journey.show(id, stage.visitor('ada', { groups: ['lab'] })), { request: { owner: 'ada' } })
})

/** Somebody's server is stopped, and a click is shown to them; `limit` changes the rules of a file that goes along. */
async function setWithFile(t: Test) {
  const stage = await setStage(t)
  const { folder, catalogue, hub } = stage
  folder.write('a/Plot_{name}.ipynb', notebookWith({ own: { files: ['sub/key.csv'] } }))
  folder.write('a/sub/key.csv', 'key')
  folder.write('templates.yaml', '{}')
  hub.states.set('ada', 'stopped')
  const journey = stage.replica()
  const id = await stage.click(journey)
  const ada = stage.visitor('ada')
  await journey.show(id, ada)
  const limit = () => folder.write('templates.yaml', 'a/sub: {groups: [lab]}')
  return { ...stage, journey, id, ada, limit, refreshRules: () => catalogue.refreshRules() }
}

async function lastOf(journey: Journey, id: string, visitor: Visitor): Promise<KeptRequest | undefined> {
  let last: KeptRequest | undefined
  for await (last of journey.watch(id, visitor, AbortSignal.timeout(20_000)));
  return last
}

const notTheirs = { state: 'failed', fault: { code: 13, reason: 'unknown' } }

t.test('a rule that comes while a server starts holds for the notebook that waits for it', async (t) => {
  const { hub, delivery, journey, id, ada, limit } = await setWithFile(t)
  hub.onStart = limit
  await journey.confirm(id, ada)
  t.match(await lastOf(journey, id, ada), notTheirs)
  t.strictSame(delivery.written, [], 'neither notebook nor files')
})

t.test('work that was interrupted before a rule came writes nothing when it is resumed', async (t) => {
  const { hub, delivery, replica, visitor, journey, id, ada, limit, refreshRules } = await setWithFile(t)
  hub.tell = async function* (_user, signal) {
    yield { percent: 10, message: 'Starting', ready: false, failed: false }
    await once(signal, 'abort')
  }
  t.match(await journey.confirm(id, ada), { state: 'starting' })
  await journey.close()
  hub.states.set('ada', 'ready')
  limit()
  await refreshRules()
  t.match(await lastOf(replica(), id, visitor('ada')), notTheirs)
  t.strictSame(delivery.written, [])
})
