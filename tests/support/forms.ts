/** A form of an HTML page, as far as tests need it: where it goes and what it sends without being touched. */
export interface Form {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly fields: Record<string, string>
}

/**
 * The first form whose action holds the text.
 *
 * @throws when there is none; the error shows the page
 */
export function formOf(html: string, pageUrl: string, action: string): Form {
  for (const [, tag = '', inside = ''] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)) {
    const url = new URL(attribute(tag, 'action') || pageUrl, pageUrl).href
    if (!url.includes(action)) continue
    const method = attribute(tag, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET'
    return { method, url, fields: fieldsOf(inside) }
  }
  throw new Error(`no form to ${action} on ${pageUrl}:\n${html.slice(0, 4000)}`)
}

/** Hidden and prefilled inputs; buttons only if they are asked for. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [input] of html.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(input, 'name')
    const type = attribute(input, 'type')?.toLowerCase() ?? 'text'
    if (!name || ['submit', 'button', 'image', 'reset'].includes(type)) continue
    if (['checkbox', 'radio'].includes(type) && !/\schecked\b/i.test(input)) continue
    fields[name] = attribute(input, 'value') ?? ''
  }
  return fields
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  return found ? unescapeHtml(found[1] ?? found[2] ?? found[3] ?? '') : undefined
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text that an escaping template wrote. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return named[String(name).toLowerCase()] ?? whole
  })
}
