/** Cookies as a browser keeps and sends them: RFC 6265bis with `Lax` where nothing is said. */

interface Cookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly withSubdomains: boolean
  readonly path: string
  readonly secure: boolean
  readonly sameSite: 'strict' | 'lax' | 'none' | 'unsaid'
  readonly expires: number
  readonly made: number
}

/** What decides whether a cookie goes with a request. */
export interface Sending {
  readonly crossSite: boolean
  readonly navigation: boolean
  readonly method: string
}

export interface CookieJar {
  /** Takes the Set-Cookie lines of an answer from `url`. */
  keep(url: URL, lines: readonly string[]): void
  /** The Cookie header for a request to `url`, longest paths first. '' is none. */
  header(url: URL, sending: Sending): string
  /** All cookies that are kept, for assertions. */
  all(): readonly { name: string; value: string; host: string; path: string; attributes: string }[]
  /** As another page of the same host could, or to forget one. */
  set(url: URL, line: string): void
}

const chromeLaxAllowingPost_ms = 120_000

export function createCookieJar(): CookieJar {
  let cookies: (Cookie & { readonly attributes: string })[] = []
  const set = (url: URL, line: string) => {
    const cookie = { ...parse(url, line), attributes: line.slice(line.indexOf(';') + 1).trim() }
    cookies = cookies.filter(
      ({ name, host, path }) => name !== cookie.name || host !== cookie.host || path !== cookie.path,
    )
    if (cookie.expires > Date.now()) cookies.push(cookie)
  }
  return {
    keep: (url, lines) => {
      for (const line of lines) set(url, line)
    },
    set,
    header: (url, sending) =>
      cookies
        .filter((cookie) => cookie.expires > Date.now() && matches(cookie, url) && allowed(cookie, sending))
        .sort((a, b) => b.path.length - a.path.length || a.made - b.made)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    all: () =>
      cookies.map(({ name, value, host, path, attributes }) => ({ name, value, host, path, attributes })),
  }
}

function parse(url: URL, line: string): Cookie {
  const [pair = '', ...parts] = line.split(';').map((part) => part.trim())
  const attributes = new Map(parts.map((part) => [cookieName(part).toLowerCase(), cookieValue(part)]))
  const maxAge = attributes.get('max-age')
  const expires = attributes.get('expires')
  const path = attributes.get('path')
  const sameSite = attributes.get('samesite')?.toLowerCase()
  return {
    name: cookieName(pair),
    value: cookieValue(pair),
    host: attributes.get('domain')?.replace(/^\./, '').toLowerCase() ?? url.hostname,
    withSubdomains: attributes.has('domain'),
    path: path?.startsWith('/') ? path : url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/'))),
    secure: attributes.has('secure'),
    sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : 'unsaid',
    expires: maxAge
      ? Date.now() + Number(maxAge) * 1000
      : expires
        ? Date.parse(expires)
        : Number.POSITIVE_INFINITY,
    made: Date.now(),
  }
}

const cookieName = (pair: string) => pair.split('=')[0] ?? ''
const cookieValue = (pair: string) => (pair.includes('=') ? pair.slice(pair.indexOf('=') + 1) : '')

function matches(cookie: Cookie, url: URL): boolean {
  const host =
    url.hostname === cookie.host || (cookie.withSubdomains && url.hostname.endsWith(`.${cookie.host}`))
  const below = cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`
  const trusted = url.protocol === 'https:' || url.hostname === 'localhost' || url.hostname === '127.0.0.1'
  return host && `${url.pathname}/`.startsWith(below) && (!cookie.secure || trusted)
}

function allowed(cookie: Cookie, { crossSite, navigation, method }: Sending): boolean {
  if (!crossSite || cookie.sameSite === 'none') return true
  if (cookie.sameSite === 'strict' || !navigation) return false
  const young = cookie.sameSite === 'unsaid' && Date.now() - cookie.made < chromeLaxAllowingPost_ms
  return method === 'GET' || young
}
