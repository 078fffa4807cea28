import { Sheet } from '../sheet.ts'
import type { Parameters, Value } from './value.ts'

/** The parameters as one line of JSON text: `readParameters` gives back the same. */
export function writeParameters(parameters: Parameters): string {
  return writeValue({ kind: 'object', entries: parameters })
}

/** One value as one line of JSON text, numbers with the characters sent. */
export function writeValue(value: Value): string {
  const sheet = new Sheet()
  write(value, sheet)
  return sheet.text()
}

function write(value: Value, sheet: Sheet): void {
  if (value.kind === 'list') {
    let before = '['
    for (const item of value.items) {
      sheet.settle()
      sheet.write(before)
      write(item, sheet)
      before = ','
    }
    sheet.write(before === '[' ? '[]' : ']')
  } else if (value.kind === 'object') {
    let before = '{'
    for (const [name, member] of value.entries) {
      sheet.settle()
      sheet.write(before)
      sheet.write(JSON.stringify(name))
      sheet.write(':')
      write(member, sheet)
      before = ','
    }
    sheet.write(before === '{' ? '{}' : '}')
  } else sheet.write(writeScalar(value))
}

function writeScalar(value: Exclude<Value, { kind: 'list' | 'object' }>): string {
  if (value.kind === 'text') return JSON.stringify(value.value)
  if (value.kind === 'number') return value.text
  return value.kind === 'null' ? 'null' : String(value.value)
}
