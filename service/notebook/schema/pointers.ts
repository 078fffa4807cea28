import type { Value } from '../parameters/value.ts'

/** A member of an object; `undefined` when there is none, or when it is no object. */
export function memberOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.find(([own]) => own === name)?.[1] : undefined
}

/** A text, else `undefined`. */
export function asText(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.value : undefined
}

/** The texts of a list; [] of anything else. */
export function textsOf(value: Value | undefined): readonly string[] {
  return value?.kind === 'list' ? value.items.map(asText).filter((text) => text !== undefined) : []
}

/** One more step of a JSON pointer (RFC 6901). */
export function below(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** As the fragment of a URI: what `$ref` takes. */
export function asFragment(pointer: string): string {
  return `#${pointer.split('/').map(encodeURIComponent).join('/')}`
}

/** The pointer that a fragment is; `undefined` when it is not well formed. */
export function fromFragment(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return undefined
  }
}
