/** The data platforms that are known, and which of their objects a journey came from (DESIGN 2.8, SENDERS). */
import { namesInPath, type Parameters, type Value } from './notebook/index.ts'

/** A site whose buttons are accepted. */
export interface Sender {
  /** As a browser writes it. */
  readonly origin: string
  /** What people call it; else its host. */
  readonly name: string
  /** The addresses of its objects, as `addressFault` finds right: `{origin}/objects/{object_id}`. */
  readonly object?: string | undefined
}

/** The object whose button was clicked. */
export interface Source {
  /** As `Sender.name`. */
  readonly name: string
  /** Absolute URL of the object. */
  readonly address: string
}

const ownOrigin = 'origin'

/** Why a text is no pattern of addresses, as the rest of an English sentence; `undefined` when it is one. */
export function addressFault(pattern: string): string | undefined {
  if (!pattern.startsWith('{origin}/')) return 'must begin with {origin}/'
  if (/[{}]/.test(pattern.replace(/\{[^{}]+\}/g, '')))
    return 'must have a name in each pair of braces, and no other brace'
  const isOdd = (name: string) => name !== name.trim() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)
  if (namesInPath(pattern).some(isOdd)) return 'has a name with spaces or unseen characters around it'
  const example = fill(pattern, (name) => (name === ownOrigin ? 'https://a.example' : 'x'))
  if (!URL.canParse(example) || new URL(example).href !== example)
    return 'must be an address as browsers write it, with %20 for a space and without ..'
  return undefined
}

/** The parameters that the addresses of senders are made of. */
export function linkNamesOf(senders: readonly Sender[]): ReadonlySet<string> {
  const names = senders.flatMap(({ object }) => (object === undefined ? [] : namesInPath(object)))
  return new Set(names.filter((name) => name !== ownOrigin))
}

/** The object that parameters are of; `undefined` when any part of its address is missing, or is not plain. */
export function sourceOf({ origin, name, object }: Sender, parameters: Parameters): Source | undefined {
  if (object === undefined) return undefined
  const sent = new Map(parameters)
  const parts = new Map([[ownOrigin, origin]])
  for (const part of linkNamesOf([{ origin, name, object }])) {
    const text = plainText(sent.get(part))
    if (text === undefined) return undefined
    parts.set(part, text)
  }
  return { name, address: fill(object, (part) => parts.get(part)!) }
}

/** Nothing that could lead to another place of the site: no dot, slash, `?` or `%`. */
function plainText(value: Value | undefined): string | undefined {
  if (value?.kind === 'number') return /^-?[0-9]{1,64}$/.test(value.text) ? value.text : undefined
  return value?.kind === 'text' && /^[A-Za-z0-9_-]{1,64}$/.test(value.value) ? value.value : undefined
}

function fill(pattern: string, textOf: (name: string) => string): string {
  return pattern.replace(/\{([^{}]+)\}/g, (_, name: string) => textOf(name))
}
