import type { Value } from '../../parameters/value.ts'
import { isAscii, type Language, nfkc, words } from '../language.ts'
import { isInteger, isPlainNumber } from '../shared/digits.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import { evenly, type MemberBrackets, type Notation, type Scalar } from '../shared/notation.ts'
import { isScalar } from '../shared/one-line.ts'
import { isHarmless, remembering, textWriter, unicodeEscape } from '../shared/texts.ts'
import { juliaCell } from './julia-cell.ts'
import { juliaEffects } from './julia-effects.ts'

const keywords = words(`
  baremodule begin break catch const continue do else elseif end export false finally for function global if import let
  local macro module quote return struct true try using while in isa where abstract mutable primitive type outer public
  ccall`)

// What Base gives and notebooks use by name: setting one hides it, or fails when it has been used before.
const needed = words(`
  ans pi π ℯ im Inf Inf16 Inf32 Inf64 NaN NaN16 NaN32 NaN64 nothing missing undef ARGS ENV VERSION PROGRAM_FILE
  DEPOT_PATH LOAD_PATH stdin stdout stderr devnull Base Core Main eval include
  Any AbstractArray AbstractString Array BigFloat BigInt Bool Char Complex DataType Dict Exception Float16 Float32
  Float64 Function Int Int8 Int16 Int32 Int64 Int128 Integer IO Matrix Missing Module NamedTuple Nothing Number Pair
  Ptr Rational Real Ref Regex Set Signed String Symbol Task Tuple Type UInt UInt8 UInt16 UInt32 UInt64 UInt128
  Union Unsigned Vararg Vector ErrorException ArgumentError BoundsError
  abs accumulate all any append! argmax argmin atan atexit broadcast cat ceil chomp close collect convert copy copyto!
  cos count cp deepcopy delete! diff display div divrem eachcol eachindex eachline eachrow eltype empty! endswith
  enumerate error exp extrema fieldnames fill fill! filter filter! findall findfirst findlast first float floor flush
  foldl foldr foreach get get! getfield getindex getproperty hash haskey hasproperty hcat identity in insert! Int
  intersect isa isempty isequal isfile isless ismissing isnan isnothing isfinite iterate join keys kron last length
  lock log log10 log2 lowercase map map! mapreduce match max maximum merge merge! methods min minimum mkdir mkpath mod
  mv names ndims ntuple occursin one ones only open pairs parse permutedims pointer pop! popfirst! print println
  printstyled prod promote push! pushfirst! pwd rand randn range read readdir readline readlines real reduce rem
  repeat replace repr reshape resize! reverse rm round run setdiff setfield! setindex! show showerror sign sin size
  similar sizeof skipmissing sleep sort sort! split splice! sprint sqrt stack startswith string strip sum summary
  supertype symdiff tan task_local_storage throw time time_ns touch transpose trunc tuple typemax typemin typeof
  union unique uppercase values vcat vec view wait walkdir widen write xor zero zeros zip cd chop imag conj angle cmp`)

const text = textWriter(unicodeEscape, [[/\$/g, '\\$']])

type Note = (text: string) => void

/** A literal too large for Int64 is an Int128 or a BigInt by itself; one beyond Float64 would not be read. */
function number(digits: string, note: Note): string {
  if (isPlainNumber(digits)) return digits
  if (digits === 'NaN') return 'NaN'
  if (digits.endsWith('Infinity')) return digits.replace('inity', '')
  if (isInteger(digits)) return digits
  const value = Number(digits)
  if (!Number.isFinite(value)) {
    note('beyond the range of Float64')
    return value < 0 ? '-Inf' : 'Inf'
  }
  if (value !== 0) return digits
  if (/^[^eE]*[1-9]/.test(digits)) note('too small for Float64')
  return Object.is(value, -0) ? '-0.0' : '0.0'
}

const largest = 2n ** 63n

/** The type that a vector of such values has by itself, or '' when it must be named. */
function elementType(value: Value): string {
  if (value.kind === 'text') return 'String'
  if (value.kind === 'boolean') return 'Bool'
  if (value.kind !== 'number') return ''
  if (!isInteger(value.text)) return 'Float64'
  if (value.text.length < 19) return 'Int64'
  if (value.text.length > 20) return 'Integer'
  const integer = BigInt(value.text)
  return integer < largest && integer > -largest ? 'Int64' : 'Integer'
}

function commonType(items: readonly Value[]): string {
  const first = items.length === 0 ? '' : elementType(items[0]!)
  return first !== 'Integer' && items.every((item) => elementType(item) === first) ? first : ''
}

/** What stands before the bracket so that Julia converts no item to the type of another. */
function prefix(items: readonly Value[]): string {
  if (commonType(items) !== '') return ''
  if (items.length > 0 && items.every((item) => item.kind === 'number')) return 'Real'
  const first = items[0]
  const rows = first?.kind === 'list' ? commonType(first.items) : ''
  return rows !== '' && items.every((item) => item.kind === 'list' && commonType(item.items) === rows)
    ? ''
    : 'Any'
}

const dict: MemberBrackets = evenly({
  open: 'Dict{String, Any}(',
  close: ')',
  lead: remembering((name) => `${text(name)} => `),
})

function scalar(value: Scalar, note: Note): string {
  if (value.kind === 'text') return text(value.value)
  if (value.kind === 'number') return number(value.text, note)
  return value.kind === 'null' ? 'nothing' : String(value.value)
}

function notation(note: Note): Notation {
  return {
    scalar: (value) => scalar(value, note),
    isPlain: isHarmless,
    list: (items) => evenly({ open: `${prefix(items)}[`, close: ']' }),
    object: () => dict,
    // With a comma after it a single part is never taken for the row of a matrix.
    lines: { first: '', between: ',', last: ',' },
  }
}

/** Julia 1 (Manual: Variables, Integers and Floating-Point Numbers, Strings), as IJulia runs it. */
export const julia: Language = {
  name: 'Julia',
  aliases: ['julia'],
  kernels: /^(i?julia|xjulia)([-_.0-9].*)?$/,
  identifiers: {
    ...namesOf('\\p{L}\\p{Nl}_', '\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}\\p{Pc}!'),
    lead: '_',
    keywords,
    // A name of underscores alone can be set but never read.
    avoided: (name) => needed.has(name) || /^_+$/.test(name),
    // Julia takes ɛ for ε, beside what NFC makes one.
    fold: (name) => (isAscii(name) ? name : nfkc(name).replaceAll('ɛ', 'ε')),
  },
  comment: (comment) => `# ${comment}`,
  gap: '  ',
  takesNul: true,
  assign(variable, value) {
    const notes: string[] = []
    const note = (text: string) => {
      if (!notes.includes(text)) notes.push(text)
    }
    const before = `${variable} = `
    const literal = isScalar(value) ? scalar(value, note) : writeLiteral(value, notation(note), before.length)
    return { code: before + literal, notes }
  },
  ...juliaCell,
  effects: juliaEffects,
}
