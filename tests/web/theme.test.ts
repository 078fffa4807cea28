import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { webFolder } from '../../service/web/package-root.ts'
import { atLeast, schemesOf } from '../support/contrast.ts'

const read = (name: string) => schemesOf(readFileSync(join(webFolder, 'assets/styles', name), 'utf8'))
const [theme, code] = [read('theme.css'), read('code.css')]
const schemes = { light: { ...theme.light, ...code.light }, dark: { ...theme.dark, ...code.dark } }

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

/** Code, and the colours of terminals, on all that they can stand on: as texts. */
const inks = Object.keys(code.light).filter((name) => /^(code|ansi)-(?!on-)/.test(name))
const grounds = Object.keys(code.light).filter((name) => /^ansi-on-|^fault-ground$/.test(name))

for (const [scheme, colours] of Object.entries(schemes)) {
  t.test(`in the ${scheme} scheme every text and control can be told from its ground`, async (t) => {
    for (const [over, under] of texts) atLeast(t, 4.5, colours, over, under)
    for (const [over, under] of controls) atLeast(t, 3, colours, over, under)
  })

  t.test(`in the ${scheme} scheme all code and output can be read`, async (t) => {
    t.ok(inks.length >= 13 && grounds.length >= 7)
    for (const ink of [...inks, 'text', 'muted']) {
      for (const ground of ['surface', 'sunk', ...grounds]) atLeast(t, 4.5, colours, ink, ground)
    }
    for (const ground of ['surface', 'sunk']) atLeast(t, 4.5, colours, 'warm', ground)
    atLeast(t, 4.5, colours, 'accent', 'tint')
  })
}
