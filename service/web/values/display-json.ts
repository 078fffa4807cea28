import type { Value } from '../../notebook/index.ts'

/** Lists and objects that fit into so many characters stand on one line. */
const lineWidth = 72

/**
 * A value as JSON text for people: indented, short lists and objects on one line, numbers in the digits sent, every
 * character that the eye cannot see made visible. Stops at about `limit` characters, whatever the value's size.
 */
export function displayJson(value: Value, limit: number): { text: string; cut: boolean } {
  const out: string[] = []
  let left = limit
  const put = (text: string) => {
    if (left > 0) out.push(text.slice(0, left))
    left -= text.length
  }
  const write = (value: Value, indent: string): void => {
    const line = oneLine(value, lineWidth)
    if (line !== undefined) put(line)
    else if (value.kind === 'list' || value.kind === 'object') writeMembers(value, indent)
    else put(scalar(value, Math.max(0, left)))
  }
  const writeMembers = (value: Composite, indent: string) => {
    put(value.kind === 'list' ? '[' : '{')
    let comma = ''
    for (const [lead, member] of membersOf(value)) {
      if (left < 0) return
      put(`${comma}\n${indent}  ${lead}`)
      write(member, `${indent}  `)
      comma = ','
    }
    put(`\n${indent}${value.kind === 'list' ? ']' : '}'}`)
  }
  write(value, '')
  return { text: left < 0 ? `${out.join('')}\n…` : out.join(''), cut: left < 0 }
}

type Composite = Extract<Value, { kind: 'list' | 'object' }>

/** Each part with what stands before it; one at a time, since only the first of a million are looked at. */
function* membersOf(value: Composite): Generator<readonly [lead: string, member: Value]> {
  if (value.kind === 'list') for (const item of value.items) yield ['', item]
  else for (const [name, member] of value.entries) yield [`${quote(name)}: `, member]
}

/** The value on one line, or undefined as soon as it is known to need more than `width` characters. */
function oneLine(value: Value, width: number): string | undefined {
  if (value.kind !== 'list' && value.kind !== 'object') {
    const text = width < 0 ? undefined : scalar(value, width + 1)
    return text !== undefined && text.length <= width ? text : undefined
  }
  // Each part takes a character, and but for the last a comma and a space.
  const count = value.kind === 'list' ? value.items.length : value.entries.length
  if (Math.max(2, 3 * count) > width) return undefined
  let text = value.kind === 'list' ? '[' : '{'
  let comma = ''
  for (const [lead, member] of membersOf(value)) {
    text += comma + lead
    const part = oneLine(member, width - text.length - 1)
    if (part === undefined) return undefined
    text += part
    comma = ', '
  }
  text += value.kind === 'list' ? ']' : '}'
  return text.length <= width ? text : undefined
}

function scalar(value: Value, limit: number): string {
  if (value.kind === 'text') return quote(value.value.slice(0, limit + 1))
  if (value.kind === 'number') return value.text
  return value.kind === 'boolean' ? String(value.value) : 'null'
}

function quote(text: string): string {
  return legibleName(JSON.stringify(text))
}

/**
 * Characters without a shape of their own: C0 and C1 controls but tab and line ends, format characters (directions,
 * zero width: with them a text can look like another), line and paragraph separators, lone surrogates, private use.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
/** Joiners belong to many scripts and to emoji; they change no order. */
const harmless = new Set(['\u200c', '\u200d', '\u00ad'])

/** Text with unseen characters as `⟨U+202E⟩`; line ends and tabs stay. */
export function legible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unseen, (sign) => {
    return sign === '\n' || sign === '\t' || harmless.has(sign) ? sign : mark(sign)
  })
}

/** The same for one line: line ends and tabs are marked, too. */
export function legibleName(text: string): string {
  return text.replace(unseen, (sign) => (harmless.has(sign) ? sign : mark(sign)))
}

function mark(sign: string): string {
  return `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
