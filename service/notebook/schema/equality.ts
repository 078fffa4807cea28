import type { Value } from '../parameters/value.ts'
import { decimalKey } from './decimal.ts'

/**
 * One text for all values that are equal to JSON Schema: numbers by what they are, `1.0` and `1`; objects whatever the
 * order of their members.
 */
export function valueKey(value: Value): string {
  const out: string[] = []
  write(value, out)
  return out.join('')
}

function write(value: Value, out: string[]): void {
  switch (value.kind) {
    case 'null':
      out.push('n')
      break
    case 'boolean':
      out.push(value.value ? 't' : 'f')
      break
    case 'number':
      out.push('#', decimalKey(value.text))
      break
    case 'text':
      out.push(JSON.stringify(value.value))
      break
    case 'list':
      out.push('[')
      for (const item of value.items) {
        write(item, out)
        out.push(',')
      }
      out.push(']')
      break
    case 'object':
      out.push('{')
      for (const [name, member] of [...value.entries].sort(byName)) {
        out.push(JSON.stringify(name))
        write(member, out)
        out.push(',')
      }
      out.push('}')
  }
}

function byName([one]: readonly [string, Value], [other]: readonly [string, Value]): number {
  return one < other ? -1 : 1
}
