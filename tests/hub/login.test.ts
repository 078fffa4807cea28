import t, { type Test } from 'tap'
import { createLogin, type Login } from '../../service/hub/login.ts'
import { faultOf } from '../support/fault-of.ts'
import { comeBack, loggedIn, loginOptions, partsFor, startPlainHub, versions } from './support.ts'

t.setTimeout(400_000)

for (const version of versions) {
  t.test(`login through JupyterHub ${version}`, { timeout: 180_000 }, async (t) => {
    const hub = await startPlainHub(t, { version })
    const { client } = partsFor(t, hub)
    const login = createLogin(loginOptions(hub))
    t.teardown(() => login.close())
    const browser = await loggedIn(hub, 'x.y@lab.example')
    const back = (url: string) => comeBack(hub, browser, url)

    t.test(
      'the browser is sent to the Hub with a state, a PKCE challenge and the callback as it is',
      async (t) => {
        const { url, state, verifier } = await login.begin()
        const { pathname, searchParams } = new URL(url, hub.url)
        t.match(url, /^\/hub\/api\/oauth2\/authorize\?/)
        t.equal(pathname, '/hub/api/oauth2/authorize')
        t.equal(searchParams.get('redirect_uri'), '/services/templates/oauth_callback')
        t.equal(searchParams.get('state'), state)
        t.equal(searchParams.get('code_challenge_method'), 'S256')
        t.not(searchParams.get('code_challenge'), verifier)
        t.equal(searchParams.get('scope'), null)
      },
    )

    t.test(
      'a login ends in a token of this user, of this browser session, with all that is allowed',
      async (t) => {
        const { url, ...mine } = await login.begin()
        const { token, expires_s } = await login.finish({ query: await back(url), ...mine })
        t.ok(expires_s > 3600)
        const who = await client.whoAmI(token)
        t.equal(who?.name, 'x.y@lab.example')
        t.equal(
          who?.sessionId,
          browser.cookies.all().find(({ name }) => name === 'jupyterhub-session-id')?.value,
        )
        t.ok(who?.scopes.includes('access:servers!user=x.y@lab.example'))
        t.ok(who?.scopes.includes('servers!user=x.y@lab.example'))
        t.ok(who?.scopes.includes('access:services!service=templates'))
      },
    )

    t.test('five tabs log in at once, each by its own state', async (t) => {
      const begun = await Promise.all(Array.from({ length: 5 }, () => login.begin()))
      const queries = await Promise.all(begun.map(({ url }) => back(url)))
      const tokens = await Promise.all(
        begun.map(({ state, verifier }, tab) => login.finish({ query: `${queries[tab]}`, state, verifier })),
      )
      t.equal(new Set(tokens.map(({ token }) => token)).size, 5)
    })

    t.test('what did not go out so does not come in', (t) => wrongReturns(t, login, back))

    t.test('a code is good for one token', async (t) => {
      const { url, ...mine } = await login.begin()
      const query = await back(url)
      await login.finish({ query, ...mine })
      t.match(await faultOf(login.finish({ query, ...mine })), { code: 27, reason: 'exchange' })
    })

    t.test('a wrong client secret is no login', async (t) => {
      const other = createLogin({ ...loginOptions(hub), apiToken: 'wrong' })
      t.teardown(() => other.close())
      const { url, ...mine } = await other.begin()
      t.match(await faultOf(other.finish({ query: await back(url), ...mine })), {
        code: 27,
        reason: 'exchange',
      })
    })

    if (version === '6.1.1') {
      t.test('a code is worth nothing without the verifier', async (t) => {
        const { url, state } = await login.begin()
        const { verifier } = await login.begin()
        const fault = await faultOf(login.finish({ query: await back(url), state, verifier }))
        t.match(fault, { code: 27, reason: 'exchange' })
      })
    }
  })
}

async function wrongReturns(t: Test, login: Login, back: (url: string) => Promise<string>): Promise<void> {
  const cases = [
    {
      returned: 'another state',
      change: (query: string) => query.replace(/state=[^&]*/, 'state=x'),
      reason: 'state',
    },
    { returned: 'no state', change: (query: string) => query.replace(/&state=[^&]*/, ''), reason: 'state' },
    { returned: 'the state twice', change: (query: string) => `${query}&state=x`, reason: 'state' },
    { returned: 'no code', change: (query: string) => query.replace(/code=[^&]*&/, ''), reason: 'exchange' },
    {
      returned: 'another code',
      change: (query: string) => query.replace(/code=[^&]*/, 'code=x'),
      reason: 'exchange',
    },
    {
      returned: 'a refusal',
      change: (query: string) => query.replace(/code=[^&]*/, 'error=access_denied'),
      reason: 'denied',
    },
    {
      returned: 'another error',
      change: (query: string) => query.replace(/code=[^&]*/, 'error=invalid_scope'),
      reason: 'exchange',
    },
  ]
  for (const { returned, change, reason } of cases) {
    const { url, ...mine } = await login.begin()
    const query = change(await back(url))
    t.match(await faultOf(login.finish({ query, ...mine })), { code: 27, reason }, returned)
  }
}
