/**
 * Each part of a path percent-encoded, `/` kept between them.
 *
 * @throws URIError for a lone surrogate, RangeError for a part that would lead elsewhere (`..`)
 */
export function encodePath(path: string): string {
  return path.split('/').map(encodePart).join('/')
}

function encodePart(part: string): string {
  if (part === '.' || part === '..') throw new RangeError('a path must not contain . or ..')
  return encodeURIComponent(part)
}

/**
 * A server's URL as the Hub gives it, taken apart: its path verbatim (`x.y@lab.example` is right there, `%40` is
 * not), and with subdomains the host that the proxy routes by.
 */
export function splitServerUrl(serverUrl: string): {
  readonly host: string | undefined
  readonly path: string
} {
  const [, host, path = serverUrl] = /^https?:\/\/([^/?#]+)(\/.*)$/.exec(serverUrl) ?? []
  if (!path.startsWith('/')) throw new TypeError('the URL of a server is neither a path nor absolute')
  return { host, path: path.endsWith('/') ? path : `${path}/` }
}
