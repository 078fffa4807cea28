/** The whole app on a memory store and without a hub, asked without a socket; and a visitor with cookies of their own. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { buildApp } from '../../service/app.ts'
import { type Catalogue, openCatalogue } from '../../service/catalogue/catalogue.ts'
import type { Hub, HubUser } from '../../service/hub/hub.ts'
import type { Login } from '../../service/hub/login.ts'
import { createJourney } from '../../service/journey/journey.ts'
import { createLogger } from '../../service/logger.ts'
import { createSealer, type Sealer } from '../../service/seal.ts'
import { loadSecret } from '../../service/secret.ts'
import { type HubSettings, readSettings, type Settings } from '../../service/settings/settings.ts'
import { openStore, type Store } from '../../service/store/index.ts'
import { contextOf } from '../../service/web/session/cookies.ts'
import { type Templates, writeTemplates } from '../support/template-folder.ts'

export interface AppOptions {
  readonly templates?: Templates
  /** NOTEBOOK_TEMPLATES_… without that beginning. */
  readonly env?: Readonly<Record<string, string>>
  readonly settings?: Partial<Settings>
  /** Of the hub, with `whoAmI`. */
  readonly hub?: Partial<HubSettings>
  /** Whom the Hub holds a token for; with it, everything but the health asks for a login. */
  readonly whoAmI?: Hub['whoAmI']
  /** What becomes of the code that the Hub sent the browser back with; by default it is the token. */
  readonly finish?: Login['finish']
  /** Changes a part before the others get it. */
  readonly store?: (store: Store) => Store
  readonly catalogue?: (catalogue: Catalogue) => Catalogue
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly sealer: Sealer
  /** The template folder, and a folder beside it that nobody may reach. */
  readonly dir: string
  readonly outside: string
  /** All of the log so far. */
  log(): string
  lines(): readonly Record<string, unknown>[]
  /** Entries that were put into the store so far. */
  kept(): number
  /** Lets time pass for what is kept. */
  pass(seconds: number): void
}

export async function openApp(t: Test, options: AppOptions = {}): Promise<TestApp> {
  let close = async () => {}
  // Before `testdir`, so that it comes before the folder is removed: an open catalogue would write into what is left of it.
  t.teardown(() => close())
  const root = t.testdir({ templates: {}, outside: {}, state: {} })
  const dir = join(root, 'templates')
  const templates = { 'a/Analysis_{name}.ipynb': notebook(), 'plain.ipynb': notebook(), ...options.templates }
  writeTemplates(dir, templates)
  const env = Object.entries(options.env ?? {}).map(([name, value]) => [`NOTEBOOK_TEMPLATES_${name}`, value])
  const settings = {
    ...readSettings({
      NOTEBOOK_TEMPLATES_DIR: dir,
      NOTEBOOK_TEMPLATES_STATE_DIR: join(root, 'state'),
      NOTEBOOK_TEMPLATES_STORE: 'memory:',
      ...Object.fromEntries(env),
    }),
    ...(options.whoAmI && { hub: { ...hubSettings, ...options.hub } }),
    ...options.settings,
  }
  let log = ''
  const write = (text: string) => {
    log += text
  }
  const logger = createLogger('trace', { write })
  const clock = { passed_ms: 0 }
  const secret = await loadSecret(settings)
  const sealer = createSealer(secret)
  const { maxKeptBytes, maxParamsBytes, requestTtl_s, stateDir } = settings
  const now = () => Date.now() + clock.passed_ms
  const memory = await openStore(settings.store, { maxKeptBytes, sealer, log: logger, now })
  const { store, kept } = counted(options.store?.(memory) ?? memory)
  const opened = await openCatalogue({ dir, stateDir, log: logger, lookEvery_ms: 0 })
  await opened.completed
  const catalogue = options.catalogue?.(opened) ?? opened
  const journey = createJourney({
    store,
    catalogue,
    hub: undefined,
    delivery: 'download',
    limits: { maxParamsBytes, maxKeptBytes, requestTtl_s },
    target: settings.target,
    secretNames: settings.secretNames,
    senders: settings.senders,
    version: '0.0.0',
    failed: () => {},
    unexpected: () => {},
  })
  const hub = options.whoAmI && {
    hub: { whoAmI: options.whoAmI } as Hub,
    login: {
      begin: async () => {
        const [state, verifier] = [random(), random()]
        return { url: `https://hub.example/login?state=${state}`, state, verifier }
      },
      finish: options.finish ?? codeAsToken,
    } as Login,
  }
  const app = await buildApp({
    settings,
    secret,
    sealer,
    store,
    catalogue,
    journey,
    hub,
    tls: undefined,
    logger,
  })
  close = async () => {
    await app.close()
    await journey.close()
    await catalogue.close()
    await store.close()
  }
  return {
    app,
    sealer,
    dir,
    outside: join(root, 'outside'),
    log: () => log,
    lines: () =>
      log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    kept,
    pass(seconds) {
      clock.passed_ms += seconds * 1000
    },
  }
}

export const codeAsToken: Login['finish'] = async ({ query }) => ({
  token: new URLSearchParams(query).get('code') ?? '',
  expires_s: 3600,
})

/** As long as OAuth's. */
const random = () => randomBytes(32).toString('base64url')

const hubSettings = {
  accessScopes: ['access:services!service=templates'],
  callbackPath: '/oauth_callback',
  callbackUrl: '/oauth_callback',
  publicHubUrl: '/hub/',
  publicUrl: undefined,
  prefix: '/',
} as unknown as HubSettings

/** Somebody who has logged in by this token, in a browser of their own. */
export async function createUser(opened: TestApp, token: string): Promise<Visitor> {
  const visitor = createVisitor(opened)
  const name = 'notebook-templates-session'
  visitor.cookies.set(name, opened.sealer.sealText(Buffer.from(token), contextOf(name)))
  visitor.cookies.set('jupyterhub-session-id', `session-of-${token}`)
  return visitor
}

/** A user as the Hub tells of one, in the browser of `createUser`. */
export function hubUser(token: string, more: Partial<HubUser> = {}): HubUser {
  return {
    name: token,
    admin: false,
    sessionId: `session-of-${token}`,
    scopes: hubSettings.accessScopes,
    groups: [],
    servers: new Map(),
    ...more,
  }
}

function counted(store: Store): { store: Store; kept: () => number } {
  let puts = 0
  const put: Store['put'] = async (...entry) => {
    await store.put(...entry)
    puts++
  }
  return { store: { ...store, put }, kept: () => puts }
}

/** A small valid notebook. */
export function notebook(
  kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' },
): string {
  const code = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [] }
  const cells = [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# An analysis' },
    { ...code, id: 'b', source: '1 + 1' },
  ]
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH'
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly payload?: string
  readonly remoteAddress?: string
  /** Stays at the first of the two answers of a page that holds a token; else follows to the second, as a browser does. */
  readonly atFirst?: boolean
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly bytes: Buffer
  /** Of a problem document, or of a problem page. */
  readonly code: number | undefined
}

/** One browser. Its requests are navigations unless `headers` say otherwise; undefined takes a header out. */
export interface Visitor {
  readonly cookies: Map<string, string>
  ask(url: string, ask?: Ask): Promise<Reply>
  /** The button on another site. */
  click(url: string, params: string, ask?: Ask): Promise<Reply>
  /** The form of the confirmation page, with the token that stands on it unless another is given. */
  confirm(url: string, ask?: Ask & { csrf?: string }): Promise<Reply>
}

export const host = 'templates.example:8888'
export const platform = 'https://sampledb.example'

const navigation = {
  host,
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
  'sec-fetch-site': 'none',
}
const button = { origin: platform, referer: `${platform}/`, 'sec-fetch-site': 'cross-site' }
const form = 'application/x-www-form-urlencoded'

export function createVisitor({ app }: TestApp): Visitor {
  const cookies = new Map<string, string>()

  const ask = async (url: string, asked: Ask = {}): Promise<Reply> => {
    const { method = 'GET', headers = {}, payload, remoteAddress, atFirst = false } = asked
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') || undefined
    const all = Object.entries({ ...navigation, cookie, ...headers })
    const answer = await app.inject({
      method,
      url,
      headers: Object.fromEntries(all.filter(([, value]) => value !== undefined)),
      ...(payload === undefined ? {} : { payload }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    })
    for (const { name, value, maxAge, expires } of answer.cookies) {
      if (maxAge === 0 || (expires && expires.getTime() < Date.now())) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = String(answer.headers.location)
    if (!atFirst && location.startsWith(`${url.split('?')[0]}?n=`)) return ask(location, asked)
    return {
      status: answer.statusCode,
      headers: answer.headers as Reply['headers'],
      body: answer.body,
      bytes: answer.rawPayload,
      code: codeOf(answer.body),
    }
  }

  return {
    cookies,
    ask,
    click: (url, params, { headers, ...rest } = {}) =>
      ask(url, {
        method: 'POST',
        payload: new URLSearchParams({ params }).toString(),
        headers: { ...button, 'content-type': form, ...headers },
        ...rest,
      }),
    async confirm(url, { headers, csrf, ...rest } = {}) {
      const token = csrf ?? csrfOn((await ask(url)).body)
      return ask(url, {
        method: 'POST',
        payload: new URLSearchParams({ csrf: token }).toString(),
        headers: {
          origin: `http://${host}`,
          referer: `http://${host}${url}`,
          'sec-fetch-site': 'same-origin',
          'content-type': form,
          ...headers,
        },
        ...rest,
      })
    },
  }
}

/** The token in the form of a page; '' without one. */
export function csrfOn(page: string): string {
  return /name="csrf" value="([^"]*)"/.exec(page)?.[1] ?? ''
}

function codeOf(body: string): number | undefined {
  const code = /^\{"type":"urn:.*?"code":(\d+)/.exec(body) ?? /Code\s*<code>(\d+)<\/code>/.exec(body)
  return code ? Number(code[1]) : undefined
}
