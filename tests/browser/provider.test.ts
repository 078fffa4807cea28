/** A hub that lets an identity provider on another site log its users in, at once: what a form of ours meets on its way there. */
import type { BrowserContext, Page } from 'playwright-core'
import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { listenWith } from '../support/listen.ts'
import { startServer } from '../support/servers.ts'
import { arrive, createButton, notebooksOf, ownComplaints, setStage, template } from './stage.ts'

t.setTimeout(300_000)

/** As OAuthenticator does it: every login is a redirect to the provider, whose answer comes back with the `state`. */
const config = (provider: string) => `
from urllib.parse import urlencode
from jupyterhub.auth import Authenticator
from jupyterhub.handlers import BaseHandler
from jupyterhub.utils import url_path_join

class There(BaseHandler):
    async def get(self):
        back = f"{self.request.protocol}://{self.request.host}{self.hub.base_url}provider_callback"
        query = urlencode({"redirect_uri": back, "state": self.get_argument("next", "")})
        self.redirect("${provider}/authorize?" + query)

class Back(BaseHandler):
    async def get(self):
        await self.login_user()
        self.redirect(self.get_argument("state") or self.hub.base_url)

class Provider(Authenticator):
    auto_login = True
    def login_url(self, base_url):
        return url_path_join(base_url, "provider_login")
    def get_handlers(self, app):
        return [("/provider_login", There), ("/provider_callback", Back)]
    async def authenticate(self, handler, data):
        return handler.get_argument("code")

c.JupyterHub.authenticator_class = Provider
c.Authenticator.allow_all = True
`

t.test('with an identity provider, a login that has ended loses nothing', async (t) => {
  const authorized: string[] = []
  const provider = await listenWith(
    t,
    (request, response) => {
      authorized.push(String(request.url))
      const { searchParams } = new URL(String(request.url), 'http://provider')
      const back = new URL(searchParams.get('redirect_uri')!)
      back.searchParams.set('code', 'ada')
      back.searchParams.set('state', searchParams.get('state')!)
      response.writeHead(302, { location: back.href }).end()
    },
    'localhost',
  )
  const stage = await setStage(t, { Analyse: '{"measurement_name": "one"}' }, { config: config(provider) })
  const { hub, platform } = stage
  await startServer(hub, 'ada')
  const browser = await openBrowser(t)
  const { page, context } = browser

  await page.goto(platform)
  await page.getByRole('button', { name: 'Analyse' }).click()
  await createButton(page).waitFor()
  t.equal(authorized.length, 1, 'the provider has logged ada in')

  await t.test('while the confirmation was open', async (t) => {
    await page.getByText('Change name or folder').click()
    await page.getByLabel('Folder').fill('mine')
    await page.getByLabel('Name', { exact: true }).fill('Typed')
    await logOut(context, hub.url)
    await clickThrough(page, () => createButton(page).click())
    t.equal(await page.getByLabel('Folder').inputValue(), 'mine')
    t.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Typed')
    t.same(notebooksOf(hub, 'ada'), [], 'the page asks again')
    await createButton(page).click()
    t.equal(await arrive(page, 'ada'), 'mine/Typed.ipynb')
  })

  await t.test('while the form of a template was open', async () => {
    await page.goto(hub.templatesUrl + template)
    const next = page.locator('form[action*="/form/"] button.primary')
    await page.locator('[name="value.measurement_name"]').fill('two')
    await logOut(context, hub.url)
    await clickThrough(page, () => next.click())
    await page.getByText('two', { exact: true }).first().waitFor()
  })
  t.same(ownComplaints(stage, browser), [], 'nothing was blocked')
})

/** In another tab, as it may be. */
async function logOut(context: BrowserContext, hubUrl: string): Promise<void> {
  const tab = await context.newPage()
  await tab.goto(`${hubUrl}hub/logout`)
  await tab.close()
}

/** Waits for the confirmation of another login than the one before. */
async function clickThrough(page: Page, click: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().includes('/oauth_callback?'))
  await click()
  await answered
  await createButton(page).waitFor()
}
