import t from 'tap'
import { ServerNotReady } from '../../service/hub/files/contents.ts'
import { setStage } from './stage.ts'

t.test('a server that the Hub calls ready again and again has one time for all attempts', async (t) => {
  const stage = await setStage(t)
  stage.delivery.before = () => {
    throw new ServerNotReady('status 503')
  }
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await stage.click(journey)
  await journey.show(id, ada)
  t.match(await journey.confirm(id, ada), { fault: { code: 11, reason: 'not-ready' } })
  const clocks = stage.delivery.jobs.map(({ patience }) => patience)
  t.ok(clocks.length > 1)
  t.ok(clocks[0])
  t.equal(new Set(clocks).size, 1)
})
