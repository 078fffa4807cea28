/**
 * Units as people write them. Data platforms send them as programs do; SampleDB's are pint's: `degC`, `um`, `m ** 2`.
 * For pages alone: files, file names and notebooks keep what was sent.
 */

/** What pint, and SampleDB with it, calls these (pint's `default_en.txt`; SampleDB's `prettify_units` knows the first). */
const signs: ReadonlyMap<string, string> = new Map([
  ['degC', '°C'],
  ['degree_Celsius', '°C'],
  ['celsius', '°C'],
  ['degF', '°F'],
  ['degree_Fahrenheit', '°F'],
  ['delta_degC', '°C'],
  ['deg', '°'],
  ['degree', '°'],
  ['percent', '%'],
  ['permille', '‰'],
  ['angstrom', 'Å'],
  ['Angstrom', 'Å'],
  ['dimensionless', ''],
])

/** `u` stands for micro before these, and for nothing else that begins with it: `u` alone is a mass. */
const micro = /^u(?=(?:m|g|s|l|L|A|V|W|N|J|C|F|H|T|K|M|S|Pa|Hz|bar|mol|eV|rad|Bq|Sv|Gy|ohm|Ohm)$)/
const ohm = /^([µmkMG]?)[oO]hm$/

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A name, and the whole number that it is raised to. */
const factor = /([\p{L}°%‰_µΩ]+)(?:\s*(?:\^|\*\*)\s*([+-]?\d{1,2}))?/u
const product = new RegExp(`^(?:1\\s*/\\s*)?${factor.source}(?:\\s*[*·/]\\s*${factor.source})*$`, 'u')
const longest = 100

/**
 * `kg * m / s ** 2` → `kg·m/s²`, `degC` → `°C`, `1` → '' (no unit). What is no product of such names stays as it is.
 */
export function writeUnits(units: string): string {
  const text = units.trim()
  if (text === '1') return ''
  if (text.length > longest || !product.test(text)) return units
  return text
    .replace(new RegExp(factor.source, 'gu'), (_, name: string, power: string | undefined) => {
      return writeName(name) + (power === undefined ? '' : raised(power))
    })
    .replace(/\s*([*·/])\s*/g, (_, sign: string) => (sign === '/' ? '/' : '·'))
}

/** A number and its unit; of angles there is no space between them (SI Brochure, 9th edition, section 5.4.3). */
export function withUnit(number: string, unit: string): string {
  return unit === '' ? number : `${number}${unit === '°' ? '' : '\u00a0'}${unit}`
}

function writeName(name: string): string {
  const known = signs.get(name)
  if (known !== undefined) return known
  return name.replace(micro, 'µ').replace(ohm, (_, prefix: string) => `${prefix}Ω`)
}

function raised(power: string): string {
  return power.replace('+', '').replace(/./g, (sign) => (sign === '-' ? '⁻' : superscripts[Number(sign)]!))
}
