import fc, { type Arbitrary } from 'fast-check'
import type { Entry, Parameters, Value } from '../../service/notebook/parameters/value.ts'

/** What has meant something to some language, and what is not seen. */
const pieces: readonly string[] = [
  ...'abZ09_ .,"\'\\\n\r\t$`{}()[]<>%#;:?/*!@=-+&|~^',
  ...'\u0001\u001b\u007f\u0085\u00ad\u200b\u200d\u2028\u202e\u2066\ufeff\uffffüµﬁａ日\u0301😀\u{e0041}\u{10ffff}',
  ...String.raw`""" ''' ??/ */ /* // \u0041 \u000a \x41 \" $(x) print class %%bash !ls system("x") NULL None`.split(
    ' ',
  ),
  '\n%%bash\n',
  '$\u007bx}',
]

/** Texts of hostile pieces and of any characters of Unicode; shrunk towards the empty text. */
export function texts(options: { nul: boolean }): Arbitrary<string> {
  const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
  const unit = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...pieces, ...(options.nul ? ['\0'] : [])) },
    { weight: 1, arbitrary: options.nul ? any : any.filter((character) => character !== '\0') },
  )
  return fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit, maxLength: 8, size: 'max' }) },
    { weight: 1, arbitrary: fc.string({ unit, maxLength: 40, size: 'max' }) },
  )
}

// Names that are keywords, are taken, or are one with another somewhere; and such as people give.
const words: readonly string[] =
  `class print c T if end type self null let val var new def PATH path Path IFS RANDOM
  main NULL None none True x X x_length __x _ __proto__ constructor toString length Größe größe ﬁ fi \u212a k K µ μ a-b a_b a.b
  2nd _2nd name name_2 operator int Int string String list dict ans pi e i eval exec require module echo puts
  measurement_name sample_thickness temperature $x @x x? x! x' données 温度`.split(/\s+/)

/** Names: plain ones, those that mean something, and any text. */
export function names(options: { nul: boolean }): Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,11}$/) },
    { weight: 3, arbitrary: texts(options) },
  )
}

const sign = fc.constantFrom('', '', '-')
const digits = (most: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`)).map((text) => text.replace(/^0+(?=.)/, ''))

/** Integers around what types can hold, and of many digits. */
const integers: Arbitrary<string> = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc
    .tuple(
      fc.constantFrom(8n, 16n, 31n, 32n, 53n, 63n, 64n, 127n, 128n),
      fc.integer({ min: -2, max: 2 }),
      sign,
    )
    .map(([bits, near, minus]) => `${minus}${2n ** bits + BigInt(near)}`),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.tuple(sign, digits(45)).map((parts) => parts.join('')),
)

/** Any double as JavaScript writes it, but never as an integer. */
const doubles: Arbitrary<string> = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => {
  const text = Object.is(value, -0) ? '-0' : String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
})

/** Every form that JSON has for a number with a point or an exponent, far beyond what a double can hold. */
const forms: Arbitrary<string> = fc
  .tuple(
    sign,
    digits(12),
    fc.option(fc.stringMatching(/^\.[0-9]{1,20}$/), { nil: '' }),
    fc.option(fc.stringMatching(/^[eE][+-]?([0-9]{1,2}|[0-3][0-9]{2})$/), { nil: '' }),
  )
  .map(([minus, whole, fraction, exponent]) => minus + whole + (fraction + exponent || '.5'))

/** The characters of a number: all forms of JSON, and what Python's json writes beside. */
export const numbers: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: integers },
  { weight: 3, arbitrary: doubles },
  { weight: 3, arbitrary: forms },
  { weight: 1, arbitrary: fc.constantFrom('NaN', 'Infinity', '-Infinity') },
)

/** Values of every kind, some levels deep; lists of one kind, of numbers above all, are frequent. */
export function values(options: { nul: boolean }): Arbitrary<Value> {
  const text = texts(options).map((value): Value => ({ kind: 'text', value }))
  const number = numbers.map((characters): Value => ({ kind: 'number', text: characters }))
  const boolean = fc.boolean().map((value): Value => ({ kind: 'boolean', value }))
  const nothing = fc.constant<Value>({ kind: 'null' })
  const asList = (items: readonly Value[]): Value => ({ kind: 'list', items })
  const uniform = fc
    .oneof(
      { weight: 3, arbitrary: fc.array(number, { maxLength: 8, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(number, { maxLength: 60, size: 'max' }) },
      { weight: 2, arbitrary: fc.array(text, { maxLength: 6, size: 'max' }) },
      { weight: 1, arbitrary: fc.array(boolean, { maxLength: 6, size: 'max' }) },
    )
    .map(asList)
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, depthSize: 'medium', withCrossShrink: true },
      nothing,
      { weight: 1, arbitrary: boolean },
      { weight: 3, arbitrary: number },
      { weight: 3, arbitrary: text },
      { weight: 2, arbitrary: uniform },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 5, size: 'max' }).map(asList) },
      {
        weight: 2,
        arbitrary: entries(options, tie('value'), 0, 4).map(
          (all): Value => ({ kind: 'object', entries: all }),
        ),
      },
    ),
  })).value
}

function entries(
  options: { nul: boolean },
  value: Arbitrary<Value>,
  minLength: number,
  maxLength: number,
): Arbitrary<Entry[]> {
  const entry: Arbitrary<Entry> = fc.tuple(names(options), value)
  return fc.uniqueArray(entry, { selector: ([name]) => name, minLength, maxLength, size: 'max' })
}

/** What a button could send: at least one parameter. `nul`: texts and names may hold NUL. */
export function parameters(options: { nul: boolean }): Arbitrary<Parameters> {
  return entries(options, values(options), 1, 6)
}
