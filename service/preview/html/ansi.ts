import { type Child, type ElementContent, element } from './tree.ts'

/** The colours that a theme has; whatever a program asks for becomes the nearest of them, legible in both schemes. */
type Hue = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white'

const hues: readonly Hue[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']

interface Look {
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly swapped: boolean
  readonly over: Hue | undefined
  readonly under: Hue | undefined
}

const plain: Look = {
  bold: false,
  italic: false,
  underline: false,
  swapped: false,
  over: undefined,
  under: undefined,
}

/**
 * What a terminal would show, as far as colours and letters go (ECMA-48, section 8.3.117). All other sequences and control
 * characters are left out; a line that was written over by carriage returns is shown as it was last.
 */
export function showTerminal(text: string): Child[] {
  const parts: Child[] = []
  let look = plain
  for (const [, codes, letters] of overwritten(text).matchAll(sequences)) {
    if (codes !== undefined) look = change(look, codes)
    else if (letters !== undefined) parts.push(dress(letters, look))
  }
  return parts
}

// A colour (its numbers); any other sequence or control character; or the text up to the next one.
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those of terminals are meant
  /\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x00-\x08\x0b-\x1f\x7f-\x9f]|([^\x00-\x08\x0b-\x1f\x7f-\x9f]+)/g

function overwritten(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/^[^\n]*\r(?=[^\n])/gm, '')
}

function dress(letters: string, look: Look): Child {
  const classes = classesOf(look)
  return classes.length === 0 ? letters : element('span', { className: classes }, letters)
}

function classesOf({ bold, italic, underline, swapped, over, under }: Look): string[] {
  const [front, ground] = swapped ? [under, over ?? 'white'] : [over, under]
  return [
    ...(bold ? ['ansi-bold'] : []),
    ...(italic ? ['ansi-italic'] : []),
    ...(underline ? ['ansi-underline'] : []),
    ...(front === undefined ? [] : [`ansi-${front}`]),
    ...(ground === undefined ? [] : [`ansi-on-${ground}`]),
  ]
}

function change(look: Look, sequence: string): Look {
  const codes = sequence.split(/[;:]/).map(Number)
  let next = look
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!
    if (code === 38 || code === 48) {
      const { hue, taken } = extended(codes.slice(index + 1, index + 5))
      next = code === 38 ? { ...next, over: hue } : { ...next, under: hue }
      index += taken
    } else next = changeOne(next, code)
  }
  return next
}

function changeOne(look: Look, code: number): Look {
  if (code >= 30 && code <= 37) return { ...look, over: hues[code - 30] }
  if (code >= 90 && code <= 97) return { ...look, over: hues[code - 90] }
  if (code >= 40 && code <= 47) return { ...look, under: hues[code - 40] }
  if (code >= 100 && code <= 107) return { ...look, under: hues[code - 100] }
  switch (code) {
    case 0:
      return plain
    case 1:
      return { ...look, bold: true }
    case 3:
      return { ...look, italic: true }
    case 4:
      return { ...look, underline: true }
    case 7:
      return { ...look, swapped: true }
    case 22:
      return { ...look, bold: false }
    case 23:
      return { ...look, italic: false }
    case 24:
      return { ...look, underline: false }
    case 27:
      return { ...look, swapped: false }
    case 39:
      return { ...look, over: undefined }
    case 49:
      return { ...look, under: undefined }
    default:
      return look
  }
}

/** `5;n`: one of 256 colours; `2;r;g;b`: any. */
function extended([mode, first = 0, green = 0, blue = 0]: readonly number[]): {
  hue: Hue | undefined
  taken: number
} {
  if (mode === 2) return { hue: nearest(first, green, blue), taken: 4 }
  if (mode !== 5) return { hue: undefined, taken: 0 }
  if (first < 16) return { hue: hues[first % 8], taken: 2 }
  if (first >= 232) return { hue: 'black', taken: 2 }
  const level = (part: number) => (part === 0 ? 0 : 55 + 40 * part)
  const cube = first - 16
  const hue = nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
  return { hue, taken: 2 }
}

/** By which of red, green and blue are strong in it; greys are the muted colour. */
function nearest(red: number, green: number, blue: number): Hue | undefined {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)]
  if (!(most - least > 40)) return 'black'
  const strong = (part: number) => part > (least + most) / 2
  return hues[(strong(red) ? 1 : 0) + (strong(green) ? 2 : 0) + (strong(blue) ? 4 : 0)]
}

/** A text as a terminal shows it. */
export function terminal(text: string, ...classes: readonly string[]): ElementContent {
  return element('pre', { className: ['text', ...classes], tabIndex: 0 }, ...showTerminal(text))
}
