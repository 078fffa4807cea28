import { unescapeHtml } from './forms.ts'

/** What a person reads on a page: its text without tags, entities resolved, white space folded. */
export function pageText(html: string): string {
  const body = html
    .replace(/<(script|style)\b.*?<\/\1>/gis, '')
    .replace(/<wbr>|<\/?(bdi|code|span|strong|b|i)\b[^>]*>/gi, '')
  return unescapeHtml(body.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}
