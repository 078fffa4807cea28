/**
 * True when the client names HTML among what it accepts, and nothing of JSON above it. A browser's navigation always
 * does; `curl`, `fetch` and EventSource do not (a bare star-slash-star is no wish for a page).
 */
export function wantsPage(accept: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const part of (accept ?? '').slice(0, 2000).split(',')) {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(type, q === undefined ? 1 : Number(q.slice(2)) || 0)
  }
  const of = (...types: string[]) => Math.max(0, ...types.map((type) => weights.get(type) ?? 0))
  const html = of('text/html', 'application/xhtml+xml')
  return html > 0 && html >= of('application/json', 'application/problem+json')
}
