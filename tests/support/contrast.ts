import type { Test } from 'tap'

/** Name → `#rrggbb`. */
export type Colours = Readonly<Record<string, string>>

/** The custom properties of a style sheet that are colours, in its light and in its dark scheme. */
export function schemesOf(css: string): { readonly light: Colours; readonly dark: Colours } {
  const split = css.indexOf('@media (prefers-color-scheme: dark)')
  const light = coloursOf(css.slice(0, split))
  return { light, dark: { ...light, ...coloursOf(css.slice(split)) } }
}

/** Asserts the contrast of one colour on another (WCAG 2.2). */
export function atLeast(t: Test, least: number, colours: Colours, over: string, under: string): void {
  const [a, b] = [luminance(colours[over]!), luminance(colours[under]!)]
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  t.ok(contrast >= least, `${over} on ${under}: ${contrast.toFixed(2)} : 1`)
}

function coloursOf(text: string): Colours {
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]),
  )
}

/** WCAG 2.2, definition of relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
