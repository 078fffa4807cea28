import type { Value } from '../../parameters/value.ts'
import type { Language } from '../language.ts'
import { isInteger } from '../shared/digits.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, Notation } from '../shared/notation.ts'
import { declared, identifiers, notation } from './javascript.ts'
import { typescriptEffects } from './javascript-effects.ts'

const object = 'Record<string, any>'

/**
 * The type that someone would write by hand. What was sent is one case of many, so code must compile that expects
 * more: other members of an object, items of an empty list, and anything instead of null.
 */
function typeOf(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'any'
    case 'object':
      return object
    case 'list':
      return `${itemType(value.items)}[]`
    case 'text':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'number':
      return isBig(value.text) ? 'bigint' : 'number'
  }
}

function itemType(items: readonly Value[]): string {
  let type = ''
  for (const item of items) {
    const own = typeOf(item)
    if (type === '' || type === own) type = own
    else if (isNumeric(type) && isNumeric(own)) type = '(number | bigint)'
    else return 'any'
  }
  return type || 'any'
}

function isNumeric(type: string): boolean {
  return type === 'number' || type === 'bigint' || type === '(number | bigint)'
}

function isBig(digits: string): boolean {
  return digits.length > 15 && isInteger(digits) && !Number.isSafeInteger(Number(digits))
}

// The compiler compares the types of all items of a list with each other, unless one is `any`, and gives up when a
// thousand differ.
const mostTypes = 500
const openAny: Brackets = { open: '[...([] as any[]),', close: ']' }

function typed(notation: Notation): Notation {
  return {
    ...notation,
    list: (items) =>
      items.length > mostTypes && /any/.test(itemType(items)) ? openAny : notation.list(items),
  }
}

/** TypeScript 4.0 and later with any strictness, as tslab checks it and Deno does not. */
export const typescript: Language = {
  name: 'TypeScript',
  aliases: ['typescript', 'ts', 'deno'],
  kernels: /^(conda-.*-)?(i?typescript|tslab|deno)$/,
  identifiers,
  comment: (comment) => `// ${comment}`,
  gap: ' ',
  takesNul: true,
  assign(variable, value, _, by) {
    const notes = new Set<string>()
    const isPlain = value.kind === 'number' || value.kind === 'text' || value.kind === 'boolean'
    // Deno takes `let` after `let` and `var` after `var`, tslab anything.
    const before = `${by?.word === 'let' ? 'let' : 'var'} ${variable}${isPlain ? '' : `: ${typeOf(value)}`} = `
    const code = `${before}${writeLiteral(value, typed(notation(notes)), before.length)};`
    return { code, notes: [...notes] }
  },
  declared,
  effects: typescriptEffects,
}
