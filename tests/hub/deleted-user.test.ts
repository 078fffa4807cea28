/** A user who is deleted, and another one who gets the name: on real hubs, which tell them apart by when the account was made. */
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { stopServer } from '../support/servers.ts'
import { person } from './person.ts'
import { versions } from './support.ts'

t.setTimeout(300_000)

const said = 'You have made a notebook from this template with the same values before'

for (const version of versions) {
  t.test(
    `JupyterHub ${version}: nothing that was kept for a deleted user is for who has the name now`,
    async (t) => {
      const hub = await startHub(t, { version })
      const before = person(hub, 'ada')
      await before.arrive(await before.confirm(await before.click('Made')))
      t.match(pageText((await before.click('Made')).text()), said)
      const asked = await before.click('Asked')
      t.equal(asked.status, 200)
      const askedAt = asked.url.split('?')[0] ?? ''

      await stopServer(hub, 'ada')
      t.equal((await hub.api('users/ada', { method: 'DELETE' })).status, 204)
      t.equal((await hub.api('users/ada', { method: 'POST' })).status, 201)

      for (const [label, now] of [
        ['another browser', person(hub, 'ada')],
        ['the same browser', before],
      ] as const) {
        const login = await now.visit(askedAt)
        t.match(login.url, '/hub/login', `${label} has to log in`)
        const page = await now.browser.login(login, 'ada')
        t.match([page.url, page.status], [askedAt, 410], label)
        t.notMatch(page.text(), 'Asked')
      }
      const again = await before.click('Made')
      t.equal(again.status, 200)
      t.notMatch(pageText(again.text()), said)
      t.match(
        await before.arrive(await before.confirm(again)),
        /Data_Analysis_Made/,
        'the new user’s own buttons work',
      )
    },
  )
}
