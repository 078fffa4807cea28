/** As `encodeURIComponent`, and of what that leaves as it is also the signs that a shell, a page or a header may not. */
export function encodePart(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
