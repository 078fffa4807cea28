import t from 'tap'
import { loggedError } from '../../service/error-log.ts'
import { Fault } from '../../service/fault.ts'
import { createContents } from '../../service/hub/files/contents.ts'
import { createHub } from '../../service/hub/hub.ts'
import { bends, echoes, partsIn, places } from '../support/echoes.ts'
import { listenWith } from '../support/listen.ts'

const token = '0b1c6f2e9d8a4c57b3e1f0a29d84c6e7'
const place = { token, serverUrl: '/user/ada/' }

t.test('a server that echoes the token puts it into no fault and no log', async (t) => {
  for (const [label, bend] of Object.entries(bends)) {
    for (const [where, placed] of Object.entries(places)) {
      const contents = createContents({ url: await listenWith(t, echoes(bend, placed)) })
      const source = {
        length: 2,
        open: async function* () {
          yield Buffer.from('{}')
        },
      }
      for (const action of [
        () => contents.look(place, 'a.ipynb'),
        () => contents.list(place, 'a'),
        () => contents.makeFolders(place, 'a/b'),
        () => contents.writeFile(place, 'a.ipynb', source),
        () => contents.fileHolds(place, 'a.ipynb', 'x'),
        () => contents.hasNotebookView(place),
      ]) {
        const error = await errorOf(action())
        t.same(echoIn(error, bend), [], `${label} ${where}: ${action}`)
      }
      await contents.close()
    }
    for (const [where, placed] of Object.entries(places)) {
      const hub = createHub({ apiUrl: `${await listenWith(t, echoes(bend, placed))}/hub/api` })
      const error = await errorOf(hub.start(token, 'ada', ''))
      t.same(echoIn(error, bend), [], `${label} ${where}: the Hub`)
      await hub.close()
    }
  }
})

const errorOf = (action: Promise<unknown>) =>
  action.then(
    () => undefined,
    (error: unknown) => error,
  )

/** What of the echo can be found in all that is shown and logged of a fault. */
function echoIn(error: unknown, bend: (sent: string) => string): string[] {
  const values = error instanceof Fault ? error.values : {}
  return partsIn(JSON.stringify([values, loggedError(error)]), bend(`token ${token}`))
}
