/** A piece of a path component: text as it stands, or the name of (then the text of) a value. */
export interface NamePart {
  readonly kind: 'literal' | 'value'
  readonly text: string
}

/** Bytes of UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** `Data_{name}_1` → `Data_`, name, `_1`. The braces must pair. */
export function parseComponent(component: string): NamePart[] {
  return component
    .split(/\{([^{}]*)\}/)
    .map((text, index): NamePart => ({ kind: index % 2 === 1 ? 'value' : 'literal', text }))
    .filter(({ kind, text }) => kind === 'value' || text !== '')
}

/** Why a component's braces are not right, as an English sentence part; `undefined` when they are. */
export function checkComponent(component: string): string | undefined {
  const rest = component.replace(/\{[^{}]+\}/g, '_')
  if (rest.includes('{}')) return 'its path has {} without a name'
  return /[{}]/.test(rest) ? 'the braces in its path do not match' : undefined
}

/** The names of the parameters in a path that `checkTemplateName` found right, each once. */
export function namesInPath(path: string): readonly string[] {
  const parts = path.split('/').flatMap(parseComponent)
  return [...new Set(parts.flatMap(({ kind, text }) => (kind === 'value' ? [text] : [])))]
}
