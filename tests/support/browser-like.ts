/**
 * What a browser does, by hand and over plain HTTP: follows redirects one by one, keeps cookies by host, path and
 * SameSite, and says with `Origin`, `Referer` and `Sec-Fetch-*` where a request comes from. For journeys whose every step
 * a test wants to see; what only a real browser can show is tested in one (`browser.ts`).
 *
 *     const browser = browserLike()
 *     const page = await browser.post(`${hub.templatesUrl}t/x.ipynb`, { params: '{}' }, { from: 'http://localhost:8090/' })
 *     const confirmation = await browser.login(page, 'alice')
 *     const created = await browser.submit(confirmation, 'confirm')
 */
import { type CookieJar, createCookieJar } from './cookies.ts'
import { formOf } from './forms.ts'
import { type Answer, send } from './http.ts'

export interface Page extends Answer {
  /** Where the browser stands now. */
  readonly url: string
  /** All that was asked for on the way here, this page last. */
  readonly steps: readonly { readonly method: string; readonly url: string; readonly answer: Answer }[]
}

export interface Navigation {
  /** The page that has the link or button; another site's makes it a cross-site request. Without: typed by the user. */
  readonly from?: string
  /** Stop at the first answer that this does not hold for, e.g. `() => false` to follow nothing. Default: all. */
  readonly follow?: (location: URL) => boolean
  /** Added to or, where undefined, taken out of what a browser sends. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Without a user's click: a script or a frame did it. */
  readonly byScript?: boolean
}

export interface BrowserLike {
  readonly cookies: CookieJar
  get(url: string, navigation?: Navigation): Promise<Page>
  /** Sends a form. Fields that are a text go as they are: an urlencoded body, byte for byte. */
  post(url: string, fields: Readonly<Record<string, string>> | string, navigation?: Navigation): Promise<Page>
  /** Sends the form of a page, its hidden fields included, as a click on its button does. `action` is a part of its URL. */
  submit(
    page: Page,
    action: string,
    fields?: Readonly<Record<string, string>>,
    navigation?: Navigation,
  ): Promise<Page>
  /** On the Hub's login page, however one got there: logs in and follows to where that leads. */
  login(page: Page, user: string, navigation?: Navigation): Promise<Page>
  /** What a page's script does: no navigation, nothing followed. */
  fetch(
    url: string,
    options: { from: string; method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<Answer>
}

export interface BrowserOptions {
  readonly languages?: string
  /** Sends requests for a URL to another port of this machine: a second replica behind the same proxy, say. */
  readonly route?: (url: URL) => number | undefined
  /** Another's, to be the same browser by another way. */
  readonly cookies?: CookieJar
}

interface Request {
  readonly method: string
  readonly url: URL
  readonly body: string | undefined
  readonly crossSite: boolean
}

const mostRedirects = 20

export function browserLike({
  languages = 'en-US,en;q=0.9',
  route = () => undefined,
  cookies = createCookieJar(),
}: BrowserOptions = {}): BrowserLike {
  const sendOne = async (
    request: Request,
    headers: Readonly<Record<string, string | undefined>>,
    navigation: boolean,
  ) => {
    const { method, url, body, crossSite } = request
    const cookie = cookies.header(url, { crossSite, navigation, method })
    const all = { 'accept-language': languages, cookie: cookie || undefined, ...headers }
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const port = route(url)
    const answer = await send(url, {
      method,
      headers: Object.fromEntries(given),
      ...(body === undefined ? {} : { body }),
      ...(port ? { port } : {}),
    })
    cookies.keep(url, answer.setCookies)
    return answer
  }

  const navigate = async (
    method: string,
    to: string,
    body: string | undefined,
    options: Navigation,
  ): Promise<Page> => {
    const { from, follow = () => true } = options
    const steps: { method: string; url: string; answer: Answer }[] = []
    let request: Request = { method, url: new URL(to), body, crossSite: isCrossSite(from, to) }
    for (;;) {
      const answer = await sendOne(
        request,
        { ...navigationHeaders(request, options), ...options.headers },
        true,
      )
      steps.push({ method: request.method, url: request.url.href, answer })
      const { location } = answer.headers
      const moved =
        answer.status >= 300 && answer.status < 400 && location ? new URL(location, request.url) : undefined
      const refresh = /^0; url=(.*)/.exec(String(answer.headers.refresh ?? ''))?.[1]
      const next = moved ?? (refresh === undefined ? undefined : new URL(refresh, request.url))
      if (!next || !follow(next)) return { ...answer, url: request.url.href, steps }
      if (steps.length > mostRedirects)
        throw new Error(`too many redirects: ${steps.map(({ url }) => url).join(' → ')}`)
      const again = answer.status === 307 || answer.status === 308
      request = {
        method: again ? request.method : 'GET',
        url: next,
        body: again ? request.body : undefined,
        crossSite: request.crossSite || isCrossSite(from, next.href),
      }
    }
  }

  const browser: BrowserLike = {
    cookies,
    get: (url, navigation = {}) => navigate('GET', url, undefined, navigation),
    post: (url, fields, navigation = {}) =>
      navigate(
        'POST',
        url,
        typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
        navigation,
      ),
    submit(page, action, fields = {}, navigation = {}) {
      const form = formOf(page.text(), page.url, action)
      const all = { ...form.fields, ...fields }
      if (form.method === 'POST') return browser.post(form.url, all, { from: page.url, ...navigation })
      return browser.get(`${form.url.split('?')[0]}?${new URLSearchParams(all)}`, {
        from: page.url,
        ...navigation,
      })
    },
    login: (page, user, navigation) =>
      browser.submit(page, '/hub/login', { username: user, password: 'any' }, navigation),
    fetch(url, { from, method = 'GET', headers = {}, body }) {
      const target = new URL(url)
      const origin = new URL(from).origin
      const site = siteOf(from, url)
      const own = {
        accept: '*/*',
        'sec-fetch-site': site,
        'sec-fetch-mode': 'cors',
        'sec-fetch-dest': 'empty',
        referer: site === 'same-origin' ? from : `${origin}/`,
        origin: site === 'same-origin' && method === 'GET' ? undefined : origin,
      }
      return sendOne(
        { method, url: target, body, crossSite: site === 'cross-site' },
        { ...own, ...headers },
        false,
      )
    },
  }
  return browser
}

/** As Chromium sends them; the referrer policy is the browsers' default. */
function navigationHeaders({ method, url, crossSite }: Request, { from, byScript }: Navigation) {
  const site = crossSite ? 'cross-site' : siteOf(from, url.href)
  return {
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'upgrade-insecure-requests': '1',
    'content-type': method === 'GET' ? undefined : 'application/x-www-form-urlencoded',
    origin: method !== 'GET' && from ? new URL(from).origin : undefined,
    referer: from && (site === 'same-origin' ? from : `${new URL(from).origin}/`),
    'sec-fetch-site': site,
    'sec-fetch-mode': 'navigate',
    'sec-fetch-user': byScript ? undefined : '?1',
    'sec-fetch-dest': 'document',
  }
}

function siteOf(from: string | undefined, to: string): 'none' | 'same-origin' | 'same-site' | 'cross-site' {
  if (from === undefined) return 'none'
  if (new URL(from).origin === new URL(to).origin) return 'same-origin'
  return isCrossSite(from, to) ? 'cross-site' : 'same-site'
}

/** Good enough for tests: hosts below `.localhost` are one site, and each other host is its own. Ports do not count. */
function isCrossSite(from: string | undefined, to: string): boolean {
  const site = (url: string) =>
    `${new URL(url).protocol}${new URL(url).hostname.replace(/^.*\.(?=[^.]+\.localhost$)/, '')}`
  return from !== undefined && site(from) !== site(to)
}
