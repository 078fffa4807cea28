/** A JSON value that has lost nothing: numbers are the characters sent, objects keep the order of their names. */
export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
/** A member of an object. No two entries of one object have the same name. */
export type Entry = readonly [name: string, value: Value]
/** What a button sent, in the order sent. */
export type Parameters = readonly Entry[]
