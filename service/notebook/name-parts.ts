/** A piece of a path component: text as it stands, or the name of (then the text of) a value. */
export interface Part {
  readonly kind: 'literal' | 'value'
  readonly text: string
}

/** Bytes of UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** `Data_{name}_1` → `Data_`, name, `_1`. The braces must pair. */
export function parseComponent(component: string): Part[] {
  return component
    .split(/\{([^{}]*)\}/)
    .map((text, index): Part => ({ kind: index % 2 === 1 ? 'value' : 'literal', text }))
    .filter(({ kind, text }) => kind === 'value' || text !== '')
}

/** Why a component's braces are not right, as an English sentence part; `undefined` when they are. */
export function checkComponent(component: string): string | undefined {
  const rest = component.replace(/\{[^{}]+\}/g, '_')
  if (rest.includes('{}')) return 'its path has {} without a name'
  return /[{}]/.test(rest) ? 'the braces in its path do not pair' : undefined
}
