import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { webFolder } from '../../service/web/package-root.ts'

const css = readFileSync(join(webFolder, 'styles', 'theme.css'), 'utf8')
const split = css.indexOf('@media (prefers-color-scheme: dark)')
const light = coloursOf(css.slice(0, split))
const schemes = { light, dark: { ...light, ...coloursOf(css.slice(split)) } }

/** Text and the ground it stands on: WCAG 2.2, 1.4.3 (4.5 : 1). */
const texts = [
  ['text', 'ground'],
  ['text', 'surface'],
  ['text', 'sunk'],
  ['muted', 'ground'],
  ['muted', 'surface'],
  ['muted', 'sunk'],
  ['accent', 'ground'],
  ['accent', 'surface'],
  ['accent', 'tint'],
  ['accent-hover', 'surface'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['warm', 'surface'],
  ['warm', 'warm-ground'],
  ['good', 'surface'],
] as const
/** Controls and the focus ring: 1.4.11 (3 : 1). */
const controls = [
  ['control', 'surface'],
  ['control', 'ground'],
  ['accent', 'ground'],
  ['accent', 'sunk'],
] as const

for (const [scheme, colours] of Object.entries(schemes)) {
  t.test(`in the ${scheme} scheme every text and control can be told from its ground`, async (t) => {
    for (const [over, under] of texts) atLeast(t, 4.5, colours, over, under)
    for (const [over, under] of controls) atLeast(t, 3, colours, over, under)
  })
}

function atLeast(t: Test, least: number, colours: Record<string, string>, over: string, under: string) {
  const [a, b] = [luminance(colours[over]!), luminance(colours[under]!)]
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  t.ok(contrast >= least, `${over} on ${under}: ${contrast.toFixed(2)} : 1`)
}

function coloursOf(text: string): Record<string, string> {
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
