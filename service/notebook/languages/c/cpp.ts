import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import { type Doubles, doubleLiteral } from '../shared/doubles.ts'
import { evenShapeOf } from '../shared/even-shapes.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, Notation } from '../shared/notation.ts'
import { doubles, holds, longs, within } from '../shared/shapes.ts'
import { c, text as literalOf } from './c.ts'
import { cCell } from './c-cell.ts'
import { type CppType, declaredCppType, hasNul } from './cpp-types.ts'

const keywords = new Set([
  ...c.identifiers.keywords,
  ...words(`
    bitand bitor catch char8_t char16_t char32_t class co_await co_return co_yield compl concept const_cast consteval
    constinit decltype delete dynamic_cast explicit export friend mutable namespace new noexcept operator private
    protected public reinterpret_cast requires static_cast template this throw try typeid typename using virtual`),
])

// What notebooks use after `using namespace std`, beside what C has, and what their kernels keep.
const needed = words(`
  std string wstring string_view vector list deque array map set multimap multiset unordered_map unordered_set queue
  stack pair tuple bitset valarray complex function thread mutex future optional variant any span byte exception
  runtime_error logic_error unique_ptr shared_ptr weak_ptr make_unique make_shared make_pair make_tuple tie get move
  forward swap begin end cbegin cend next prev advance accumulate transform for_each find find_if sort stable_sort
  reverse copy fill generate min max minmax min_element max_element inner_product partial_sum iota plus minus
  multiplies to_string stoi stol stoll stof stod getline numeric_limits chrono filesystem ratio regex ref cref bind
  cout cin cerr clog endl flush ws istream ostream iostream ifstream ofstream fstream stringstream istringstream
  ostringstream setw setprecision fixed scientific boolalpha hex oct dec left right nan nanf
  xcpp xeus nlohmann Cpp clang cling gCling gInterpreter gROOT gPad gStyle gSystem gDirectory TString`)

const infinities: Doubles = {
  notANumber: 'NAN',
  infinity: 'INFINITY',
  negativeInfinity: '-INFINITY',
  negativeZero: '-0.0',
}

// Cling takes seconds for a thousand texts or lists that a list is made of, and far more for more; where there is no
// array to make the list from, some are borne.
const mostMade = 200
const mostBorne = 500

/** The type of such scalars, or `undefined` when C++ has none for them. */
function scalarType(bits: number): string | undefined {
  if (within(bits, holds.boolean) && bits !== 0) return 'bool'
  if (within(bits, holds.text) && bits !== 0) return 'std::string'
  if (within(bits, holds.int) && bits !== 0) return 'int'
  if (within(bits, longs) && bits !== 0) return 'long long'
  return within(bits, doubles) ? 'double' : undefined
}

function typeName({ levels, of }: CppType): string {
  return 'std::vector<'.repeat(levels) + of + '>'.repeat(levels)
}

interface Writing {
  readonly needs: Set<string>
  readonly notes: Set<string>
}

function integer(digits: string, of: string): string {
  if (digits === '-2147483648') return '(-2147483647 - 1)'
  if (digits === '-9223372036854775808') return '(-9223372036854775807LL - 1)'
  return of === 'int' ? digits : `${digits}LL`
}

/** A text that ends where it ends, not at its first NUL. */
function textLiteral(value: string): string {
  return value.includes('\0')
    ? `std::string(${literalOf(value)}, ${Buffer.byteLength(value)})`
    : literalOf(value)
}

const braces: Brackets = { open: '{', close: '}' }

function notation(of: string, { needs, notes }: Writing): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return textLiteral(value.value)
      if (value.kind === 'boolean') return String(value.value)
      const digits = (value as { text: string }).text
      if (of !== 'double') return integer(digits, of)
      const literal = doubleLiteral(digits, infinities, (note) => notes.add(note))
      if (literal.includes('N')) needs.add('#include <cmath>')
      return literal
    },
    list: () => braces,
    // No vector holds an object.
    object: () => ({ ...braces, lead: () => '' }),
  }
}

/** @param declared the type of the variable, where it is declared already: kernels may take no second declaration */
function assignValue(
  variable: string,
  value: Value,
  type: CppType,
  declared: CppType | undefined,
): Assignment {
  const before = `${declared ? '' : `${typeName(type)} `}${variable} = `
  const { literal, notes, needs } = write(value, declared ?? type, before.length)
  return { code: `${before}${literal};`, notes, needs }
}

function write(value: Value, { levels, of }: CppType, column: number) {
  const writing: Writing = { needs: new Set(), notes: new Set() }
  if (of === 'std::string') writing.needs.add('#include <string>')
  if (levels > 0) writing.needs.add('#include <vector>')
  const literal = writeLiteral(value, notation(of, writing), column)
  return { literal, notes: [...writing.notes], needs: [...writing.needs] }
}

/** What an array holds that a vector of many texts or of many rows of numbers is made from. */
function arrayItem({ levels, of }: CppType, value: Value): string | undefined {
  if (levels === 1 && of === 'std::string' && !hasNul(value)) return 'const char *'
  return levels === 2 && of !== 'std::string' ? `std::initializer_list<${of}> ` : undefined
}

function assignByArray(
  variable: string,
  value: Value,
  type: CppType,
  declared: CppType | undefined,
  array: { readonly item: string; readonly name: string },
): Assignment {
  const before = `${array.item}${array.name}[] = `
  const { literal, notes, needs } = write(value, declared ?? type, before.length)
  const all = `(std::begin(${array.name}), std::end(${array.name}))`
  const set = declared ? `${variable}.assign${all};` : `${typeName(type)} ${variable}${all};`
  return { code: `${before}${literal};\n${set}`, notes, needs }
}

function assign(
  variable: string,
  value: Value,
  companion: (suffix: string) => string,
  declared?: Declared,
): Assignment {
  if (value.kind === 'null') return { code: `auto ${variable} = nullptr;`, notes: ['not set'] }
  // Two names that are one when they are folded are two to C++.
  const own = declared?.name === variable ? declared : undefined
  const shape = evenShapeOf(value)
  const of = shape && scalarType(shape.bits)
  if (shape !== undefined && of !== undefined) {
    const type = { levels: shape.levels, of }
    const known = declaredCppType(value, shape, own)
    const made = shape.lists + (of === 'std::string' ? shape.parts : 0)
    const item = arrayItem(known ?? type, value)
    if (made > mostMade && item !== undefined)
      return assignByArray(variable, value, type, known, { item, name: companion('items') })
    if (made <= mostBorne) return assignValue(variable, value, type, known)
  }
  const isNumber = value.kind === 'number'
  const text: Value = { kind: 'text', value: isNumber ? value.text : writeValue(value) }
  const type = { levels: 0, of: 'std::string' }
  const assignment = assignValue(variable, text, type, declaredCppType(text, evenShapeOf(text)!, own))
  return { ...assignment, notes: [isNumber ? 'an integer beyond long long, as text' : 'JSON text'] }
}

/** C++11 and later, at the top level of xeus-cling, xeus-cpp and ROOT, or in a function. */
export const cpp: Language = {
  name: 'C++',
  aliases: [
    'c++',
    'cpp',
    ...['11', '14', '17', '1z', '20', '2a', '23', '2b', '26'].flatMap((year) => [`c++${year}`, `cpp${year}`]),
  ],
  kernels: /^(.*-)?x?cpp[0-9a-z]*(-.*)?$|^(xeus-)?cling(-.*)?$|^root$/,
  identifiers: {
    // The letters of C++11 (Annex E) that are letters of C++23 as well (Unicode's XID).
    ...namesOf('\\p{XID_Start}_', '\\p{XID_Start}\\p{Nd}_'),
    lead: 'x_',
    keywords,
    avoided: (name) => needed.has(name) || c.identifiers.avoided(name),
    fold: nfkc,
  },
  comment: (comment) => `// ${comment}`,
  gap: ' ',
  takesNul: true,
  assign,
  ...cCell,
}
