import { fullFormats } from 'ajv-formats/dist/formats.js'

// What is longer is none of these, and no expression shall have to go through megabytes.
const longest = 2000

const time =
  /^([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)(\.[0-9]+)?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?$/i

function isDate(text: string): boolean {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}

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
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return (text) => format(text) === true
  throw new TypeError(`${name} is no format of texts`)
}

/** The formats that a schema can ask for, each with its check. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = Object.fromEntries(
  Object.entries(checks).map(([name, check]) => [
    name,
    (text: string) => text.length <= longest && check(text),
  ]),
)
