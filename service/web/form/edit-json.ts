import { type Value, writeValue } from '../../notebook/index.ts'

const lineWidth = 72

/** A value as JSON text to be changed by hand: what is short on one line, the rest indented; nothing in it is altered. */
export function editJson(value: Value, indent = ''): string {
  const inner = `${indent}  `
  if (value.kind === 'list' && !isShort(value)) {
    return `[\n${value.items.map((item) => inner + editJson(item, inner)).join(',\n')}\n${indent}]`
  }
  if (value.kind === 'object' && !isShort(value)) {
    const members = value.entries.map(
      ([name, member]) => `${inner}${JSON.stringify(name)}: ${editJson(member, inner)}`,
    )
    return `{\n${members.join(',\n')}\n${indent}}`
  }
  if (value.kind === 'list') return `[${value.items.map((item) => editJson(item)).join(', ')}]`
  if (value.kind !== 'object') return writeValue(value)
  return `{${value.entries.map(([name, member]) => `${JSON.stringify(name)}: ${editJson(member)}`).join(', ')}}`
}

function isShort(value: Value & { kind: 'list' | 'object' }): boolean {
  const parts = value.kind === 'list' ? value.items : value.entries
  return parts.length <= lineWidth / 3 && writeValue(value).length <= lineWidth
}
