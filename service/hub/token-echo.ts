/** So many characters of a token in a row count as a part of it. Fewer are in every text by chance. */
const LENGTH = 8

/**
 * What somebody else has said, unless it could hold a part of the token that was sent to them: then nothing. A server may
 * echo the `Authorization` header in an error, whole or cut, split by spaces or signs, in capitals, backwards, in base64,
 * hexadecimal or percent-encoding; and what is said here reaches logs and pages.
 *
 * @example withoutToken('bad token 0123456789abcdef', '0123456789abcdef') → ''
 */
export function withoutToken(said: string, token: string): string {
  const [text, decoded] = [said, percentDecoded(said)].map(lettersOf)
  const traces = tracesOf(token)
  const holds = (letters = '') => traces.some((trace) => sharesRun(letters, trace))
  return holds(text) || holds(decoded) ? '' : said
}

function tracesOf(token: string): string[] {
  const bytes = Buffer.from(token)
  // In base64, what stands before the token decides which of three forms it has; the ends depend on the neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : shift + 1, -4),
  )
  const forms = [token, bytes.toString('hex'), ...base64].map(lettersOf)
  return [...forms, ...forms.map((form) => [...form].reverse().join(''))]
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')

function sharesRun(text: string, trace: string): boolean {
  for (let at = 0; at + LENGTH <= trace.length; at++) {
    if (text.includes(trace.slice(at, at + LENGTH))) return true
  }
  return trace.length > 0 && trace.length < LENGTH && text.includes(trace)
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
