/**
 * Reads `Accept-Language` (RFC 9110, section 12.5.4).
 *
 * @returns language tags, best first, in lower case; `*`, what has weight 0 and what is longer than any true tag
 *   (RFC 5646, section 4.4.1: 35 characters) left out; at most ten
 */
export function readLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.split(';').map((text) => text.trim().toLowerCase())
      const q = rest.find((text) => text.startsWith('q='))
      return { tag, weight: q === undefined ? 1 : Number(q.slice(2)) }
    })
    .filter(
      ({ tag, weight }) =>
        tag.length <= 35 && /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(tag) && weight > 0 && weight <= 1,
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 10)
    .map(({ tag }) => tag)
}
