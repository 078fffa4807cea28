import type { Value } from '../../../../service/notebook/parameters/value.ts'

/** A type of .NET as far as parameters have it: `long53` is a double as well, `?` fits all, `object` holds anything. */
type NetType =
  | 'int'
  | 'long53'
  | 'long'
  | 'big'
  | 'double'
  | 'bool'
  | 'string'
  | 'dict'
  | 'object'
  | '?'
  | NetType[]

const isInteger = (digits: string) => /^-?\d+$/.test(digits)
const is53 = (integer: bigint) => integer >= -(2n ** 53n) && integer <= 2n ** 53n
const fits = (integer: bigint, bits: number) => BigInt.asIntN(bits, integer) === integer

/** What docs/languages.md says of C# and F#: the narrowest type; in lists the one that loses no digit of any item. */
export function typeOfNet(value: Value): NetType {
  switch (value.kind) {
    case 'null':
      return 'object'
    case 'boolean':
      return 'bool'
    case 'text':
      return 'string'
    case 'object':
      return 'dict'
    case 'number': {
      if (!isInteger(value.text)) return 'double'
      const integer = BigInt(value.text)
      if (fits(integer, 32)) return 'int'
      if (is53(integer)) return 'long53'
      return fits(integer, 64) ? 'long' : 'big'
    }
    case 'list':
      return [itemType(value.items)]
  }
}

/** Two rows are looked at as if they were one; a row of anything makes all of them such rows. */
function itemType(items: readonly Value[]): NetType {
  if (items.some(({ kind }) => kind !== items[0]!.kind)) return 'object'
  return items.map(typeOfNet).reduce<NetType>(common, '?')
}

function common(one: NetType, other: NetType): NetType {
  if (JSON.stringify(one) === JSON.stringify(other) || other === '?') return one
  if (one === '?') return other
  if (!Array.isArray(one) || !Array.isArray(other)) return wider(one, other)
  const item = common(one[0]!, other[0]!)
  return item === 'object' && one[0] !== 'object' && other[0] !== 'object' ? 'object' : [item]
}

/** Integers beyond 2^53 are no doubles. */
function wider(one: NetType, other: NetType): NetType {
  const both = new Set([one, other])
  if (both.has('double')) return both.has('int') || both.has('long53') ? 'double' : 'object'
  const widest = (['big', 'long', 'long53', 'int'] as const).find((type) => both.has(type))
  return [...both].every((type) => /^(big|long|long53|int)$/.test(String(type))) ? widest! : 'object'
}

const names: Readonly<Record<string, string>> = {
  int: 'Int32',
  long53: 'Int64',
  long: 'Int64',
  big: 'BigInteger',
  double: 'Double',
  bool: 'Boolean',
  string: 'String',
  object: 'Object',
  '?': 'Object',
}

/**
 * What NetValues.cs shows for a value.
 *
 * @param list the name of a list's type from that of its items
 */
export function shown(
  value: Value,
  type: NetType,
  list: (item: string) => string,
  dict = 'IDictionary`2',
): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'text':
      return `text:${units(value.value)}`
    case 'number':
      return number(value.text, type === 'object' ? typeOfNet(value) : type)
    case 'object':
      return `{${value.entries.map(([name, member]) => `${units(name)}=${shown(member, typeOfNet(member), list, dict)}`).join(' ')}}`
    case 'list': {
      const [item] = Array.isArray(type) ? type : (typeOfNet(value) as NetType[])
      const parts = value.items.map((part) =>
        shown(part, item === 'object' ? typeOfNet(part) : item!, list, dict),
      )
      return `${nameOf([item!])}(${parts.join(' ')})`
    }
  }

  function nameOf(of: NetType): string {
    if (Array.isArray(of)) return list(nameOf(of[0]!))
    return of === 'dict' ? dict : names[of]!
  }
}

const units = (text: string) =>
  text
    .split('')
    .map((unit) => unit.charCodeAt(0))
    .join(',')

const view = new DataView(new ArrayBuffer(8))

function number(digits: string, type: NetType): string {
  if (type !== 'double') return `${String(type).replace('53', '')}:${BigInt(digits)}`
  const value = Number(isInteger(digits) ? String(BigInt(digits)) : digits)
  view.setFloat64(0, value)
  return `double:${Number.isNaN(value) ? 'nan' : view.getBigUint64(0).toString(16).padStart(16, '0')}`
}
