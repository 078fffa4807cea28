import type { Parameters, Value } from '../../notebook/index.ts'

/**
 * Parameters as YAML that papermill reads as the same types (`papermill -f`). It reads by PyYAML, which knows YAML 1.1 without
 * dates: there `1e5` is a text, as are `NaN` and `Infinity`, and a plain `no` is false. So numbers get the form that is a number
 * there, and all texts stand in quotes.
 */
export function writeYaml(parameters: Parameters): string {
  if (parameters.length === 0) return '{}\n'
  const pieces: string[] = []
  for (const [name, value] of parameters) {
    pieces.push(isPlain(name) ? `${name}: ` : keyOf(name, '\n'))
    write(value, pieces)
    pieces.push('\n')
  }
  return pieces.join('')
}

/** A name that is no word of YAML 1.1. */
function isPlain(name: string): boolean {
  const isWord = /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name)
  return /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name) && !isWord
}

// PyYAML looks no further than 1024 characters for the colon behind a name (YAML 1.1, 9.2), and escapes are longer.
const longestKey = 150

function keyOf(name: string, lineEnd: string): string {
  return name.length <= longestKey ? `${quote(name)}: ` : `? ${quote(name)}${lineEnd}: `
}

function write(value: Value, pieces: string[]): void {
  switch (value.kind) {
    case 'list':
      pieces.push('[')
      for (const [index, item] of value.items.entries()) {
        if (index > 0) pieces.push(', ')
        write(item, pieces)
      }
      pieces.push(']')
      return
    case 'object':
      pieces.push('{')
      for (const [index, [name, member]] of value.entries.entries()) {
        if (index > 0) pieces.push(', ')
        pieces.push(keyOf(name, ' '))
        write(member, pieces)
      }
      pieces.push('}')
      return
    case 'text':
      pieces.push(quote(value.value))
      return
    case 'number':
      pieces.push(numberOf(value.text))
      return
    case 'null':
      pieces.push('null')
      return
    default:
      pieces.push(String(value.value))
  }
}

/** `1e5` → `1.0e+5`: a float has a point, and its exponent a sign. */
function numberOf(text: string): string {
  if (text === 'NaN') return '.nan'
  if (text.endsWith('Infinity')) return text.startsWith('-') ? '-.inf' : '.inf'
  const [mantissa = '', exponent] = text.split(/[eE]/)
  if (exponent === undefined) return text
  return `${mantissa}${mantissa.includes('.') ? '' : '.0'}e${/^[+-]/.test(exponent) ? '' : '+'}${exponent}`
}

/** What JSON leaves as it is, and PyYAML breaks a line at, or does not read. */
const unread = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

function quote(text: string): string {
  return JSON.stringify(text).replace(
    unread,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
