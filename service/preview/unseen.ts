/**
 * Characters without a shape of their own, as on the confirmation page: with those that turn the order of the letters around
 * them, code can look like other code (Unicode TR 36, section 2.5).
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
/** Ends of lines and tabs; joiners belong to many scripts and to emoji, and change no order. */
const harmless = new Set(['\n', '\t', '\u200c', '\u200d', '\u00ad'])

/** HTML in whose texts such characters are shown as `⟨U+202E⟩`. @param html made by highlight.js, or an escaped text */
export function revealUnseen(html: string): string {
  return html.replace(/\r\n?/g, '\n').replace(unseen, (character) => {
    if (harmless.has(character)) return character
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    return `<span class="unseen">⟨U+${number}⟩</span>`
  })
}
