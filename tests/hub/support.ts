/**
 * Real hubs for the tests of `service/hub/` and `service/delivery/`: the Hub, its proxy and users' servers are real;
 * in place of the whole service stands the part under test, in the test's own process.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { createContents } from '../../service/hub/files/contents.ts'
import { createHub, type Hub } from '../../service/hub/hub.ts'
import { createLogin, type LoginOptions } from '../../service/hub/login.ts'
import { type BrowserLike, browserLike } from '../support/browser-like.ts'
import { type HubOptions, type RunningHub, startHub } from '../support/hub.ts'

export type Version = NonNullable<HubOptions['version']>
export const versions: readonly Version[] = ['6.1.1', '5.5.1']

const secret = 'a-secret-that-must-never-be-seen-anywhere'

/** Like `startHub`, with `templates` and `poor` (too few scopes) as services whose client the test is. */
export async function startPlainHub(t: Test, options: HubOptions = {}): Promise<RunningHub> {
  const service = createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  t.teardown(() => service.close())
  const { port } = service.address() as AddressInfo
  return startHub(t, {
    ...options,
    example: (text) => `${text.split('# ---- Notebook templates')[0]}${services(port)}`,
  })
}

const services = (port: number) => `
c.JupyterHub.allow_named_servers = True
c.JupyterHub.services = [
    {"name": name, "url": url, "api_token": "${secret}" + name, "oauth_no_confirm": True, "environment": {},
     "oauth_redirect_uri": "/services/" + name + "/oauth_callback", "oauth_client_allowed_scopes": scopes}
    for name, url, scopes in [
        ("templates", "http://127.0.0.1:${port}", ["access:servers!user", "servers!user"]),
        ("poor", "", ["read:servers!user"]),
    ]
]
c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self", "access:services"]}]
`

export function loginOptions(hub: RunningHub, service = 'templates'): LoginOptions {
  return {
    apiUrl: `${hub.url}hub/api`,
    publicHubUrl: `${hub.baseUrl}hub/`,
    clientId: `service-${service}`,
    apiToken: secret + service,
    callbackUrl: `/services/${service}/oauth_callback`,
  }
}

/** A browser that is logged in at the Hub. */
export async function loggedIn(hub: RunningHub, user: string): Promise<BrowserLike> {
  const browser = browserLike()
  const page = await browser.get(`${hub.url}hub/login`)
  // The page behind the login would start the user's server.
  await browser.login(page, user, { follow: () => false })
  return browser
}

/** What the Hub sends a browser back with, after it was sent there with `url`. */
export async function comeBack(hub: RunningHub, browser: BrowserLike, url: string): Promise<string> {
  const page = await browser.get(new URL(url, hub.url).href, { follow: () => false })
  const { location } = page.headers
  if (page.status !== 302 || !location) throw new Error(`${page.status} from ${url}: ${page.text()}`)
  return new URL(location, hub.url).search.slice(1)
}

/** A user's own token, got as the service gets it. */
export async function tokenOf(hub: RunningHub, user: string, service = 'templates'): Promise<string> {
  const login = createLogin(loginOptions(hub, service))
  const { url, state, verifier } = await login.begin()
  const query = await comeBack(hub, await loggedIn(hub, user), url)
  const { token } = await login.finish({ query, state, verifier })
  await login.close()
  return token
}

/** The parts under test, closed with the test. */
export function partsFor(t: Test, hub: RunningHub) {
  const client = createHub({ apiUrl: `${hub.url}hub/api` })
  const contents = createContents({ url: hub.url })
  t.teardown(async () => {
    await client.close()
    await contents.close()
  })
  return { client, contents }
}

/** Starts a server by the part under test and waits for it; its URL as the Hub gives it. */
export async function started(client: Hub, token: string, user: string, server = ''): Promise<string> {
  await client.start(token, user, server)
  for await (const { failed, message } of client.progress(token, user, server, AbortSignal.timeout(60_000))) {
    if (failed) throw new Error(message)
  }
  const state = await client.server(token, user, server)
  if (state.state !== 'ready') throw new Error(`the server of ${user} is ${state.state}`)
  return state.url
}
