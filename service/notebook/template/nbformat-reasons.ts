import type { ErrorObject } from 'ajv'
import { longTextStandIn } from '../json/outline.ts'

/**
 * Why a part of a notebook does not fit its format, for whoever wrote it: `text of output 2 must be a text or a list of
 * texts, not null`.
 *
 * @param error of a schema with reasons (nbformat-schema.ts), its value with it (`verbose`)
 * @param version such as `4.4`
 */
export function sayWhy(error: ErrorObject, version: string): string {
  const { keyword, params, instancePath } = error
  const what = nameOf(instancePath)
  if (keyword === 'required') return `${what} has no ${word(params.missingProperty)}`
  if (keyword === 'additionalProperties') {
    const hint = params.additionalProperty === 'id' ? ' (cells have ids from 4.5 on)' : ''
    const name = JSON.stringify(shorten(params.additionalProperty))
    return `${what} has the member ${name}, which nbformat ${version} does not know${hint}`
  }
  // A union's own reason is about which kinds there are.
  const isNoObject = keyword === 'type' && params.type === 'object'
  const reason = isNoObject ? 'must be an object' : String(error.parentSchema?.description)
  if (keyword === 'uniqueItems') return `${what} ${reason}`
  if (keyword !== 'discriminator') return `${what} ${reason}, not ${show(error.data)}`
  if (params.tagValue === undefined) return `${what} has no ${word(params.tag)}`
  return `${nameOf(`${instancePath}/${params.tag}`)} ${reason}, not ${show(params.tagValue)}`
}

/** From a JSON pointer: what is innermost comes first, indices count from 1. */
function nameOf(pointer: string): string {
  const parts = pointer.split('/').slice(1)
  const names: string[] = []
  for (const [index, part] of parts.entries()) {
    if (!/^[0-9]+$/.test(part)) names.unshift(word(part.replaceAll('~1', '/').replaceAll('~0', '~')))
    else if (parts[index - 1] === 'outputs') names[0] = `output ${Number(part) + 1}`
    // Of scalars in a list the outline holds one of each kind: where this one stood is not known.
    else names.unshift('an item')
  }
  return names.length === 0 ? 'it' : names.join(' of ')
}

/** A name as it is where it can be told from a sentence's words, in quotes otherwise. */
function word(name: string): string {
  return /^[a-z_]+$/.test(name) ? name : JSON.stringify(shorten(name))
}

function show(value: unknown): string {
  if (value === longTextStandIn) return 'a long text'
  if (typeof value === 'string') return JSON.stringify(shorten(value))
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return String(value)
  // An outline tells no more of such a number.
  return Number.isInteger(value) ? 'a number of many digits' : 'a number with a point or an exponent'
}

function shorten(text: string): string {
  const characters = [...text.slice(0, 200)]
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text
}
