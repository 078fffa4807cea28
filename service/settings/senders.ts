/** The setting SENDERS: JSON → the sites whose buttons are accepted, and every fault with its place. */
import { readFileSync, statSync } from 'node:fs'
import { findAlike } from '../alike.ts'
import { addressFault, type Sender } from '../senders.ts'
import { compileSchema } from './schema.ts'
import { toOrigin } from './values.ts'

/** What an admin writes. */
interface Given {
  readonly origin: string
  readonly name?: string
  readonly object?: string
}

const members = {
  origin: {
    type: 'string',
    format: 'origin',
    description: 'must be an origin such as https://data.example:8443',
  },
  name: {
    type: 'string',
    // One that could be read as another, or turn the text around it, is no name.
    pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,60}$',
    description: 'must be one line of at most 60 characters, all of which can be seen',
  },
  object: {
    type: 'string',
    maxLength: 300,
    format: 'object-address',
    description: 'must be an address of at most 300 characters, such as {origin}/objects/{object_id}',
  },
}

const validate = compileSchema({
  type: 'array',
  minItems: 1,
  maxItems: 1000,
  description: 'must be a list of one to 1000 senders, such as [{"origin": "https://data.example"}]',
  items: {
    type: 'object',
    required: ['origin'],
    additionalProperties: false,
    properties: members,
    description: 'must be an object with the member origin',
  },
})

const mostBytes = 2 ** 20

/**
 * @param setting JSON text, or the path of a file of it
 * @param fault is told each fault; none of them holds a value
 */
export function readSenders(setting: string, fault: (reason: string) => void): readonly Sender[] {
  const isText = /^\s*[[{"]/.test(setting)
  const text = isText ? setting : readText(setting)
  if (text === undefined) {
    fault('must be JSON, which begins with [, or a file of it that exists and can be read, of at most 1 MiB')
    return []
  }
  const given = parse(text)
  if (given === undefined) fault(`${isText ? 'is' : 'names a file that is'} not JSON`)
  else if (validate(given)) return checked(given as readonly Given[], fault)
  else for (const reason of new Set((validate.errors ?? []).map(reasonOf))) fault(reason)
  return []
}

/** The short form, ALLOWED_ORIGINS: origins that `isOrigin` has found right. */
export function sendersOf(origins: readonly string[]): readonly Sender[] {
  return origins.map((origin) => ({ origin: toOrigin(origin), name: hostOf(origin) }))
}

function checked(given: readonly Given[], fault: (reason: string) => void): readonly Sender[] {
  const places = new Map<string, number>()
  return given.map(({ origin: text, name, object }, index) => {
    const origin = toOrigin(text)
    const before = places.get(origin)
    if (before !== undefined) fault(`[${index}].origin is the same site as [${before}].origin`)
    else places.set(origin, index)
    return { origin, name: name?.trim() ?? hostOf(text), ...(object !== undefined && { object }) }
  })
}

type SchemaError = NonNullable<typeof validate.errors>[number]

function reasonOf({ instancePath, keyword, params, parentSchema, data }: SchemaError): string {
  const place = instancePath.replace(/\/(\d+)/, '[$1]').replaceAll('/', '.')
  const wrongAddress = keyword === 'format' && parentSchema === members.object && addressFault(String(data))
  const said = wrongAddress || String(parentSchema?.description)
  if (keyword === 'required') return `${place} has no origin`
  if (keyword === 'additionalProperties') {
    const known = Object.keys(members)
    const meant = findAlike(String(params.additionalProperty), known)
    return `${place} may have ${known.join(', ')} alone${meant === undefined ? '' : ` (did you mean ${meant}?)`}`
  }
  return place === '' ? said : `${place} ${said}`
}

function hostOf(origin: string): string {
  return new URL(origin).host
}

function readText(path: string): string | undefined {
  try {
    const { size } = statSync(path)
    return size > mostBytes ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): unknown {
  try {
    // Editors put a byte-order mark before a file.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}
