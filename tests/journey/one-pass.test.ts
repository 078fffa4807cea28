import t, { type Test } from 'tap'
import type { Template } from '../../service/catalogue/catalogue.ts'
import type { Visitor } from '../../service/journey/journey.ts'
import { type Counted, countStore } from './counted-store.ts'
import { gate, type Stage, setStage, statesOf, waitingAt } from './stage.ts'

t.test('a confirming click reads the store five times, and writes four', async (t) => {
  const { stage, count } = await setCountedStage(t)
  const ada = stage.visitor('ada')
  const before = stage.replica()
  const first = await stage.click(before, 'first')
  await before.show(first, ada)
  await before.confirm(first, ada)
  await before.close()

  const journey = stage.replica()
  const id = await stage.click(journey)
  await journey.show(id, ada)
  const counted = count()
  const confirmed = await journey.confirm(await journey.read(id, false), ada)
  t.equal(confirmed.state, 'written')
  // Then what is done after the answer is done, too.
  await journey.close()
  t.same(counted.reads, ['request', 'request', 'parameters', 'called-off', 'list:history'])
  t.same(counted.writes, ['request', 'request', 'request', 'list:history'])
  t.same(counted.leases, ['job'], 'and the delivery takes another')
})

t.test('a download reads the store twice, and writes once', async (t) => {
  const { stage, count } = await setCountedStage(t)
  const journey = stage.replica()
  const nobody: Visitor = { user: null, token: null, holdsCookie: true }
  const id = await stage.click(journey)
  const counted = count()
  const { name } = await journey.download(id, nobody)
  t.equal(name, 'Plot_x.ipynb')
  t.same(counted, { reads: ['request', 'parameters'], writes: ['request'], leases: [] })
})

t.test('the page that asks reads each record once, and so does the one that waits', async (t) => {
  const { stage, count } = await setCountedStage(t)
  const journey = stage.replica()
  const { open, opened } = gate()
  stage.hub.states.set('ada', 'stopped')
  stage.hub.tell = waitingAt(stage.hub, opened, ['Server requested'])
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)

  let counted = count()
  const asked = await journey.read(id, true)
  await journey.look(asked, ada)
  await journey.show(asked, ada)
  t.same(counted.reads, ['request', 'parameters', 'list:history', 'history'])
  t.same(counted.writes, ['request'], 'it is claimed')

  await journey.confirm(id, ada)
  counted = count()
  const waiting = await journey.read(id, false)
  await journey.look(waiting, ada)
  const { file } = await journey.about(waiting, ada)
  t.equal(file, 'a/Plot_x.ipynb')
  t.same(
    counted.reads.filter((kind) => kind !== 'called-off'),
    ['request'],
    'not its parameters: the notebook is not planned for a title',
  )
  open()
  await statesOf(journey.watch(id, ada, AbortSignal.timeout(20_000)))
})

t.test('a cell is made where it is read: at the preview and at the write, once', async (t) => {
  const { stage } = await setCountedStage(t)
  const assigned = countAssignments(stage)
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  const { cell } = await journey.show(id, ada)
  t.same(cell.names, [{ sent: 'name', variable: 'name' }])
  t.equal(assigned(), 0)
  await journey.preview(id, ada)
  t.equal(assigned(), 1)
  await journey.confirm(id, ada)
  t.equal(assigned(), 2)
})

async function setCountedStage(t: Test): Promise<{ stage: Stage; count: () => Counted }> {
  let current: Counted = { reads: [], writes: [], leases: [] }
  // What is counted is looked up at each call.
  const live: Counted = {
    get reads() {
      return current.reads
    },
    get writes() {
      return current.writes
    },
    get leases() {
      return current.leases
    },
  }
  const stage = await setStage(t, { around: (store) => countStore(store, live) })
  return {
    stage,
    count() {
      current = { reads: [], writes: [], leases: [] }
      return current
    },
  }
}

/** How many variables have been set since, in all cells. */
function countAssignments({ catalogue }: Stage): () => number {
  let count = 0
  const { find, pinned } = catalogue
  const counting = (template: Template | undefined): Template | undefined => {
    const language = template?.compiled.language
    if (!template || !language) return template
    const assign: typeof language.assign = (...assignment) => {
      count++
      return language.assign(...assignment)
    }
    return { ...template, compiled: { ...template.compiled, language: { ...language, assign } } }
  }
  catalogue.find = async (path) => counting(await find(path))
  catalogue.pinned = async (path, sha256) => counting(await pinned(path, sha256))
  return () => count
}
