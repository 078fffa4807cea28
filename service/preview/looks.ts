import { createHash } from 'node:crypto'

/**
 * KaTeX places letters by `style` attributes, which the preview's policy does not allow, since one that came from a notebook
 * would look the same. Here they become rules of a style sheet, whose hash the policy names.
 */
export interface Looks {
  /** The same HTML without `style` attributes. @param html made by KaTeX */
  take(html: string): string
  /** The rules, to be joined in any order; the same look has the same rule everywhere. */
  rules(): readonly string[]
}

/** What KaTeX is told to set faults in; it becomes the theme's colour, which is legible in both schemes. */
export const faultColour = '#b00020'

/** Lengths, colours and keywords: nothing in it can end a declaration block or load anything. */
const declarations = /^(?:[a-z-]+:[-\w#.,% ]+(?:;|$))+$/

export function createLooks(): Looks {
  const found = new Map<string, string>()
  return {
    take: (html) =>
      html.replace(/ style="([^"]*)"/g, (_, style: string) => {
        if (!declarations.test(style)) return ''
        const name = createHash('sha256').update(style).digest('base64url').slice(0, 8)
        // As strong as the attribute was.
        const rule = style.replaceAll(faultColour, 'var(--warm)').replace(/(?<=[^;])(?=;|$)/g, '!important')
        found.set(name, `[data-look="${name}"]{${rule}}`)
        return ` data-look="${name}"`
      }),
    rules: () => [...found.values()],
  }
}
