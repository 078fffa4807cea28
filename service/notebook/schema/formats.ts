import { fullFormats } from 'ajv-formats/dist/formats.js'
import type { Value } from '../parameters/value.ts'
import { asText } from './pointers.ts'

// What is longer is none of these, and no expression shall have to go through megabytes.
const longest = 2000

const time =
  /^([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)(\.[0-9]+)?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?$/i

const isDate = fromAjv('date')

/** As RFC 3339, and as SampleDB and browsers write it: a space between date and time, no zone, no seconds. */
function isDateTime(text: string): boolean {
  const [, date, rest] = /^(.{10})[Tt ](.+)$/.exec(text) ?? []
  return date !== undefined && isDate(date) && time.test(rest!)
}

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  time: (text) => time.test(text),
  'date-time': isDateTime,
  ...Object.fromEntries(
    (
      [
        'duration',
        'email',
        'hostname',
        'ipv4',
        'ipv6',
        'json-pointer',
        'regex',
        'uri',
        'uri-reference',
        'uuid',
      ] as const
    ).map((name) => [name, fromAjv(name)]),
  ),
}

function fromAjv(name: keyof typeof fullFormats): (text: string) => boolean {
  const format = fullFormats[name]
  const check = typeof format === 'object' && 'validate' in format ? format.validate : format
  if (check instanceof RegExp) return (text) => check.test(text)
  if (typeof check === 'function') return (text) => (check as (text: string) => unknown)(text) === true
  throw new TypeError(`${name} is no format of texts`)
}

/** The formats that are checked. A schema may have others: they say nothing about what is valid. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  ...Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [
      name,
      (text: string) => text.length <= longest && check(text),
    ]),
  ),
  // What the text is for, and nothing of how it looks (secret.ts).
  password: () => true,
}

/** @param format what comes after the keyword `format` */
export function isKnownFormat(format: Value): boolean {
  return Object.hasOwn(formats, asText(format) ?? '')
}
