import type { Value } from '../../parameters/value.ts'
import { type Declared, type Language, nfkc, words } from '../language.ts'
import { type Lexis, statements } from '../shared/cells/statements.ts'
import { dotnetNamesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from '../shared/notation.ts'
import type { NumberType } from '../shared/shapes.ts'
import { textWriter, unicodeEscape } from '../shared/texts.ts'
import { dotnetDouble } from './dotnet-doubles.ts'
import { type DotnetType, dotnetTypeOf, itemType } from './dotnet-types.ts'

// Of the language and reserved by it (F# Language Specification, 3.4); then cases and patterns: `let None = 1` matches.
const keywords = words(`
  abstract and as asr assert base begin break checked class component const constraint continue default delegate do
  done downcast downto elif else end event exception extern external false finally fixed for fun function global if in
  include inherit inline interface internal land lazy let lor lsl lsr lxor match member mixin mod module mutable
  namespace new not null of open or override parallel params private process protected public pure rec return sealed
  select sig static struct tailcall then to trait true try type upcast use val virtual void volatile when while with
  yield atomic constructor eager functor measure method object recursive _
  None Some ValueNone ValueSome Ok Error Failure KeyValue Choice1Of2 Choice2Of2 Choice1Of3 Choice2Of3 Choice3Of3
  Lazy Null NonNull __SOURCE_DIRECTORY__ __SOURCE_FILE__ __LINE__`)

// What FSharp.Core opens by itself, its modules, types of .NET that notebooks name, and what the kernels give.
const needed = words(`
  abs acos asin atan atan2 ceil compare cos cosh exp floor log log10 max min pown pow round sign sin sinh sqrt tan tanh
  truncate nan nanf infinity infinityf box unbox isNull defaultArg dict set seq list array option ref id ignore fst snd
  hash typeof typedefof sizeof nameof using lock async task query raise reraise failwith failwithf invalidArg
  invalidOp nullArg printf printfn eprintf eprintfn sprintf fprintf fprintfn bprintf stdin stdout stderr exit it fsi
  incr decr int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 nativeint unativeint float float32 double
  single decimal byte sbyte char string bool unit obj bigint exn enum base value max string
  List Array Array2D Seq Map Set Option ValueOption Result String Lazy Async Event Observable Printf Operators
  Microsoft FSharp System Math Console Convert BitConverter DateTime DateTimeOffset TimeSpan Guid Random Environment
  File Path Directory Regex Encoding Dictionary HashSet ResizeArray Task Parallel Process Stopwatch BigInteger Complex
  Int32 Int64 Double Boolean Object Enum Exception Activator Tuple Type
  display Display displayAs HTML Html Kernel Formatter KernelInvocationContext Plotly Chart Newtonsoft NuGet Script Args`)

const text = textWriter(unicodeEscape)

const suffixes: Readonly<Record<Exclude<NumberType, 'double'>, string>> = {
  int: '',
  exact: 'L',
  long: 'L',
  big: 'I',
}
const doubles = { notANumber: 'nan', infinity: 'infinity', minusInfinity: '-infinity' }

function number(digits: string, type: DotnetType, notes: Set<string>): string {
  if (type.kind === 'double') return dotnetDouble(digits, doubles, notes)
  return (digits === '-0' ? '0' : digits) + suffixes[type.kind as keyof typeof suffixes]
}

// The compiler takes no list of more; an array of any length.
const longestList = 500

interface Typed extends Brackets {
  readonly item: DotnetType
}

const boxed = {
  lead: (_: string, part: Value) => (isAtom(part) ? 'box ' : 'box ('),
  trail: (part: Value) => (isAtom(part) ? '' : ')'),
}

/** Whether it needs no parentheses after a function. */
function isAtom(value: Value): boolean {
  if (value.kind === 'number') return !value.text.startsWith('-')
  return value.kind === 'list' ? value.items.length <= longestList : value.kind !== 'object'
}

const short = new Map<DotnetType, Typed>()
const long = new Map<DotnetType, Typed>()

function listBrackets(item: DotnetType, isLong: boolean): Typed {
  const known = isLong ? long : short
  let brackets = known.get(item)
  if (brackets === undefined) {
    const around = isLong ? { open: 'List.ofArray [|', close: '|]' } : { open: '[', close: ']' }
    brackets = { item, ...around, ...(item.kind === 'any' && boxed) }
    // Types of lists in lists are without end.
    if (item.item === undefined) known.set(item, brackets)
  }
  return brackets
}

const any = dotnetTypeOf({ kind: 'null' })
const member = { lead: (name: string, part: Value) => `${text(name)}, ${boxed.lead(name, part)}` }
const dict = { item: any, open: 'dict<string, obj> [', close: ']', ...boxed, ...member }
const longDict = { ...dict, open: 'dict<string, obj> [|', close: '|]' }

/** The type that a part must have where it stands; `any` leaves it its own. */
function expected(within: Brackets | undefined): DotnetType | undefined {
  const item = (within as Typed | undefined)?.item
  return item?.kind === 'any' ? undefined : item
}

function notation(notes: Set<string>): Notation {
  return {
    scalar: (value, within) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text, expected(within) ?? dotnetTypeOf(value), notes)
      return value.kind === 'null' ? 'null' : String(value.value)
    },
    list: (items, within) =>
      listBrackets(expected(within)?.item ?? itemType(items), items.length > longestList),
    object: (entries): MemberBrackets => (entries.length > longestList ? longDict : dict),
    separator: '; ',
  }
}

const lexis: Lexis = {
  comment: /\(\*(?!\))[\s\S]*?(?:\*\)|$)|\/\/[^\n]*/y,
  string:
    /\$?"""[\s\S]*?(?:"""|$)|\$?@"(?:""|[^"])*(?:"|$)|\$?"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|'(?:\\.[^'\n]*|[^'\\\n])'/y,
  name: /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}']*/uy,
  textType: /^$/,
  assigns: words('='),
  indented: true,
}

/** `let x = …`, `let mutable x: string = …` */
function declared(source: string): Declared[] {
  const found: Declared[] = []
  for (const statement of statements(source, lexis)) {
    const words = statement.map(({ text }) => text)
    if (words.shift() !== 'let') continue
    if (words[0] === 'mutable') words.shift()
    const equal = words.indexOf('=')
    const [name = '', colon, type] = words
    const isPlain = equal === 1 || (colon === ':' && equal > 2)
    if (!isPlain || !names.valid.test(name) || keywords.has(name)) continue
    const value = statement.slice(statement.length - words.length + equal + 1)
    const isText = value.length === 1 && /^[$@]*"/.test(value[0]!.text)
    found.push({ name, text: isText || (type === 'string' && equal === 3) })
  }
  return found
}

const names = dotnetNamesOf('\\p{L}\\p{Nl}_', "\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}\\p{Pc}'")

/** F# 4.7 and later (F# Language Specification, 3), as F# Interactive, .NET Interactive and IfSharp run it. */
export const fsharp: Language = {
  name: 'F#',
  aliases: ['f#', 'fsharp'],
  kernels: /^(\.net-fsharp|dotnet-fsharp|i?fsharp|fsharp-.*)$/,
  identifiers: { ...names, lead: '_', keywords, avoided: (name) => needed.has(name), fold: nfkc },
  comment: (comment) => `// ${comment}`,
  gap: '  ',
  takesNul: true,
  assign(variable, value) {
    const notes = new Set<string>()
    const before = value.kind === 'null' ? `let ${variable}: obj = ` : `let ${variable} = `
    return { code: before + writeLiteral(value, notation(notes), before.length), notes: [...notes] }
  },
  declared,
}
