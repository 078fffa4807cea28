/** What a single setting's text must look like, and its one normal form. */

/** `http+unix://` names a socket file in the place of the host, percent-encoded. */
export function isProxyUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:', 'http+unix:'].includes(url.protocol) || url.hostname === '') return false
  return url.username === '' && url.password === '' && !/[?#]/.test(text)
}

/** An origin as RFC 6454 has it: scheme, host and port; a single `/` after it is forgiven. */
export function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false
  return url.username === '' && url.password === '' && url.pathname === '/' && !/[?#@*]/.test(text)
}

/** As a browser writes it in the `Origin` header: lower case, punycode, no default port. */
export function toOrigin(text: string): string {
  return new URL(text).origin
}

/** Relative, no part that leaves the home or that Jupyter hides, no other braces than `{template_dir}`. */
export function isTarget(text: string): boolean {
  const plain = text.replaceAll('{template_dir}', '_')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/^[/~]|[{}\\\u0000-\u001f\u007f]/.test(plain)) return false
  return plain.split('/').every((part) => part === '.' || !part.startsWith('.'))
}

/** Without `.` and empty parts; '' is the home itself. */
export function toTarget(text: string): string {
  return text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

export function isStore(text: string): boolean {
  return text === 'memory:' || /^lmdb:(?!\/\/)./.test(text)
}
