import { randomBytes, randomInt } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets that were sent somewhere, and where any part of one has come to rest. */
export interface Secrets {
  /** One more, as a JSON value: a text with characters that are written in several ways, a list, an object or a number. */
  next(): unknown
  /** How many there are. */
  count(): number
  /** Notes where something was seen: text or bytes. */
  look(where: string, seen: string | Buffer): void
  /** Places in which a secret was found, each with the secret. */
  found(): readonly string[]
}

export function createSecrets(): Secrets {
  // In each secret, at both ends: a part of one is found as well as the whole. Random in each run, so that nothing else is it.
  const marker = `q${randomBytes(7).toString('hex')}`
  const digits = String(randomInt(10 ** 11, 10 ** 12))
  const needles = [marker, digits].flatMap(formsOf)
  const cores = new Set<string>()
  const places: string[] = []
  let numbers = 0

  return {
    next() {
      if ((cores.size + numbers) % 10 === 9) {
        numbers++
        return Number(`${digits}${String(numbers).padStart(3, '0')}`)
      }
      const core = randomBytes(10).toString('hex')
      cores.add(core)
      const text = `${marker} "&=<é\\\n+%${core}${marker}`
      return [text, text, { [text]: { token: text } }, [text, { a: text }]][cores.size % 4]
    },
    count: () => cores.size + numbers,
    look(where, seen) {
      const text = seen.toString('latin1')
      for (const needle of needles) if (text.includes(needle)) places.push(`${where}: ${needle}`)
      for (const [core] of text.matchAll(/[0-9a-f]{20}/g))
        if (cores.has(core)) places.push(`${where}: ${core}`)
    },
    found: () => places,
  }
}

/** As it is, in hexadecimal, and in base64 wherever in a text it stands; none of them has a character that is escaped. */
function formsOf(text: string): string[] {
  const base64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'-'.repeat(before)}${text}`).toString('base64')
    // Its ends also depend on what is around it.
    return encoded.slice(before === 0 ? 0 : 4, Math.floor(((before + text.length) * 8) / 24) * 4)
  })
  return [text, Buffer.from(text).toString('hex'), ...base64]
}

/** All files below a folder: path and bytes. */
export function filesBelow(folder: string): readonly (readonly [path: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path)])
}
