/** The preview behind a real Hub, whose login is shown in no frame. */
import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { logIn, ownComplaints, setStage } from './stage.ts'

t.setTimeout(300_000)

t.test('the preview is for the user who is logged in', async (t) => {
  const stage = await setStage(t, { button: '{"measurement_name": "Experiment-777"}' })
  const browser = await openBrowser(t)
  const { page, context, picture } = browser
  await page.goto(stage.platform)
  await page.getByRole('button', { name: 'button' }).click()
  await logIn(page, 'ada')
  await page.waitForURL('**/services/templates/confirm/**')
  const summary = page.getByText('Preview the finished notebook')
  await summary.click()
  const frame = page.frameLocator('iframe')
  await frame.getByText('measurement_name = "Experiment-777"').waitFor()
  t.same(ownComplaints(stage, browser), [])

  await page.reload()
  const other = await context.newPage()
  await other.goto(`${stage.hub.url}hub/logout`)
  await summary.click()
  await frame.getByRole('heading', { name: 'Please log in again' }).waitFor()
  await picture('preview-logged-out')

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Open the preview in its own tab' }).click(),
  ])
  await logIn(tab, 'ada')
  await tab.waitForURL('**/services/templates/preview/**')
  await tab.getByText('measurement_name = "Experiment-777"').waitFor()
})
