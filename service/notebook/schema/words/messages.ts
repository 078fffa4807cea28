/** What the author of a schema wants people to be told, instead of what its keywords alone would say. */
import type { ParameterProblem } from '../../../fault.ts'
import type { Value } from '../../parameters/value.ts'
import type { Nodes } from '../nodes.ts'
import { memberOf } from '../pointers.ts'
import { pickWords } from './own-words.ts'
import { saidOf, wordsOf } from './said.ts'

/** The keywords that find each problem. What is missing or unknown is not said by the parameter's own schema. */
const keywordsOf: Readonly<Partial<Record<ParameterProblem, readonly string[]>>> = {
  'no-value': ['type'],
  text: ['type'],
  number: ['type'],
  integer: ['type'],
  boolean: ['type'],
  list: ['type'],
  object: ['type'],
  types: ['type'],
  choice: ['enum', 'const', 'oneOf', 'anyOf'],
  minimum: ['minimum'],
  maximum: ['maximum'],
  above: ['exclusiveMinimum'],
  below: ['exclusiveMaximum'],
  multiple: ['multipleOf'],
  shortest: ['minLength'],
  longest: ['maxLength'],
  pattern: ['pattern'],
  format: ['format'],
  date: ['format'],
  time: ['format'],
  'date-time': ['format'],
  'fewest-items': ['minItems'],
  'most-items': ['maxItems'],
  unique: ['uniqueItems'],
  'fewest-members': ['minProperties'],
  'most-members': ['maxProperties'],
  other: ['oneOf', 'anyOf', 'not'],
}

/** Of an author's words, in characters: more would fill the page. */
const longest = 300

export type Messages = Readonly<Partial<Record<ParameterProblem, string>>>

/**
 * By problem: `errorMessage`, a text or, as in ajv-errors, a text for each keyword (`_` for the others), each also by language.
 * For a pattern also the description: nobody shall have to read a regular expression.
 *
 * @param languages the reader's, best first
 */
export function messagesOf(nodes: Nodes, pointer: string, languages: readonly string[]): Messages {
  const said = saidOf(nodes, pointer, 'errorMessage')
  const words = (value: Value | undefined) => pickWords(value, languages)
  const forAll = words(memberOf(said, '_') ?? said)
  const description = wordsOf(nodes, pointer, 'description', languages)
  if (said === undefined) return description ? { pattern: short(description) } : {}
  const messages = Object.entries(keywordsOf).map(([problem, keywords]) => {
    const own = keywords.map((keyword) => words(memberOf(said, keyword))).find((one) => one !== undefined)
    return [problem, own ?? forAll ?? (problem === 'pattern' ? description : undefined)] as const
  })
  return Object.fromEntries(
    messages.flatMap(([problem, message]) => (message ? [[problem, short(message)]] : [])),
  )
}

function short(message: string): string {
  const characters = [...message.slice(0, 2 * longest).trim()]
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('')
}
