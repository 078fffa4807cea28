import type { Value } from '../../parameters/value.ts'
import type { Declared } from '../language.ts'
import type { EvenShape } from '../shared/even-shapes.ts'
import { doubles, holds, longs, within } from '../shared/shapes.ts'

/** The type of a variable in C++. */
export interface CppType {
  /** Vectors within each other. */
  readonly levels: number
  readonly of: string
}

/** The types that a `parameters` cell may declare, each with what such a variable can be set to. */
const types: Readonly<Record<string, { readonly of: string; readonly kinds: number }>> = {
  bool: { of: 'bool', kinds: holds.boolean },
  int: { of: 'int', kinds: holds.int },
  long: { of: 'long long', kinds: longs },
  'long long': { of: 'long long', kinds: longs },
  int64_t: { of: 'long long', kinds: longs },
  double: { of: 'double', kinds: doubles },
  string: { of: 'std::string', kinds: holds.text },
  'const char*': { of: 'const char *', kinds: holds.text },
}

/** The type of a variable that the `parameters` cell declares, when it can be set to the value. */
export function declaredCppType(
  value: Value,
  shape: EvenShape,
  declared: Declared | undefined,
): CppType | undefined {
  const written = declared?.type === 'auto' ? typeOfLiteral(declared.default) : declared?.type
  const plain = (written ?? '').replaceAll('std::', '').replace(/\s*([<>*])\s*/g, '$1')
  const [, vectors = '', name = ''] = /^((?:vector<)*)([a-z0-9_ *]+?)>*$/.exec(plain) ?? []
  const type = Object.hasOwn(types, name) ? types[name] : undefined
  if (type === undefined || !within(shape.bits, type.kinds)) return undefined
  if (type.of === 'const char *' && hasNul(value)) return undefined
  const levels = vectors.length / 'vector<'.length
  const isDeeper = shape.bits === 0 && levels > shape.levels
  return levels === shape.levels || isDeeper ? { levels, of: type.of } : undefined
}

/** What `auto` stands for before a literal. */
function typeOfLiteral(literal = ''): string | undefined {
  if (/^"[^"]*"$/.test(literal)) return 'const char*'
  if (literal === 'true' || literal === 'false') return 'bool'
  if (/^-?[0-9]{1,9}$/.test(literal)) return 'int'
  return /^-?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?$/i.test(literal) && /[.e]/i.test(literal) ? 'double' : undefined
}

/** Whether there is a NUL in a text or in a list of texts. */
export function hasNul(value: Value): boolean {
  if (value.kind === 'text') return value.value.includes('\0')
  return value.kind === 'list' && value.items.some(hasNul)
}
