import { encodePart } from '../../percent.ts'

/** `Content-Disposition` of a download (RFC 6266): a name in ASCII for old programs, and the true one in UTF-8. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodePart(name)}`
}
