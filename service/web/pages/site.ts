/** A site that sent a request, as it may be shown and linked. */
export interface Site {
  /** `https://sampledb.example`, host in ASCII (punycode), so that look-alike letters show. */
  readonly origin: string
  /** `sampledb.example`, with its port when it has one. */
  readonly host: string
}

/**
 * Reads an `Origin` header: RFC 6454 section 7. Only `http` and `https` origins that name nothing but scheme, host and
 * port are a site; `null`, `javascript:…`, a user name before the host and anything longer are undefined.
 */
export function siteOf(origin: string | undefined): Site | undefined {
  if (origin === undefined || origin.length > 300 || !URL.canParse(origin)) return undefined
  const url = new URL(origin)
  if (url.origin !== origin.toLowerCase() || !/^https?:$/.test(url.protocol)) return undefined
  return { origin: url.origin, host: url.host }
}

/**
 * An address that a page may link: an absolute http(s) URL, or a path on our own host (`//other.example` and
 * `/\other.example`, which browsers read as another host, are not paths). Anything else, such as `javascript:…`,
 * is undefined.
 */
export function webHref(href: string | undefined): string | undefined {
  if (href === undefined) return undefined
  if (/^\/(?![/\\])/.test(href) && !/[\t\r\n]/.test(href)) return href
  if (!URL.canParse(href)) return undefined
  return /^https?:$/.test(new URL(href).protocol) ? href : undefined
}
