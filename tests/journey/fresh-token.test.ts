import t from 'tap'
import { createRecords } from '../../service/journey/kept/records.ts'
import { work } from '../../service/journey/work.ts'
import { setStage } from './stage.ts'
import { workplaceOn } from './workplace.ts'

t.test(
  'for a user who logged out more than a second after the confirmation nothing is written',
  async (t) => {
    const stage = await setStage(t)
    const journey = stage.replica()
    const ada = stage.visitor('ada')
    const id = await stage.click(journey)
    await journey.show(id, ada)
    const request = await createRecords(stage.store).update(id, (kept) => ({ ...kept, state: 'starting' }))
    // The confirmation still knew the login, and the server was ready: nothing but the write asks again.
    stage.hub.gone.add(ada.token!)
    const never = new AbortController().signal
    const ended = await work(
      request,
      workplaceOn(stage, () => {}),
      { user: ada.user!, since: performance.now() - 1001, token: ada.token! },
      { closing: never, lost: never, changed() {} },
    )
    t.match(ended, { state: 'failed', fault: { code: 27, reason: 'no-session' } })
    t.same(stage.delivery.written, [])
  },
)
