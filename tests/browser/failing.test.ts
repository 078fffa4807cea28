import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { arrive, createButton, logIn, notebooksOf, ownComplaints, setStage } from './stage.ts'

t.setTimeout(600_000)

t.test('a server that does not start at first', async (t) => {
  const stage = await setStage(
    t,
    { button: '{"measurement_name": "x"}' },
    { config: 'c.JupyterHub.spawner_class = spawners.FailsAtFirst' },
  )
  for (const javaScriptEnabled of [true, false]) {
    await t.test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', async (t) => {
      const user = javaScriptEnabled ? 'ada' : 'plain'
      const browser = await openBrowser(t, { javaScriptEnabled })
      const { page } = browser
      await page.goto(stage.platform)
      await page.getByRole('button', { name: 'button' }).click()
      await logIn(page, user)
      await page.waitForURL('**/confirm/**')
      await createButton(page).click()
      const again = page.getByRole('button', { name: 'Try again' })
      await again.waitFor({ timeout: 60_000 })
      const text = await page.locator('main').innerText()
      t.match(text, 'There is <b>no room</b> on the cluster today', 'the Hub’s message, as text')
      t.match(text, 'No notebook was written')
      t.notMatch(await page.title(), 'inside', 'what the spawner wrote as HTML is not shown')
      await browser.picture(`failing-${user}`)
      await again.click()
      t.equal(await arrive(page, user), 'some_instrument/Data_Analysis_x.ipynb', 'without another button')
      t.same(notebooksOf(stage.hub, user), ['some_instrument/Data_Analysis_x.ipynb'])
      t.same(ownComplaints(stage, browser).filter(isUnexpected), [])
    })
  }
})

/** The browser notes an answer of 502 in its console. */
const isUnexpected = (line: string) => !line.includes('responded with a status of 502')
