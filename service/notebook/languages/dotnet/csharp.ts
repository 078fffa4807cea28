import { type Declared, type Language, nfkc, words } from '../language.ts'
import { type Lexis, statements } from '../shared/cells/statements.ts'
import { dotnetNamesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from '../shared/notation.ts'
import { textWriter, unicodeEscape } from '../shared/texts.ts'
import { dotnetDouble } from './dotnet-doubles.ts'
import { type DotnetType, dotnetTypeOf, itemType } from './dotnet-types.ts'

// C# 12, also those that are keywords in some places only: as a name of a variable they mislead.
const keywords = words(`
  abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else
  enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock
  long namespace new null object operator out override params private protected public readonly ref return sbyte sealed
  short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort
  using virtual void volatile while
  async await dynamic global nameof nint nuint partial record var when where yield with file required scoped field _
  __arglist __makeref __reftype __refvalue`)

// Types of .NET that notebooks name, and what the kernels give.
const needed = words(`
  System Microsoft Console Math MathF Convert BitConverter Buffer Array Object String Boolean Char Byte SByte Int16
  Int32 Int64 UInt16 UInt32 UInt64 Single Double Decimal IntPtr Guid Random Environment GC Type Enum Tuple ValueTuple
  Nullable Lazy Func Action Predicate Delegate Exception ArgumentException InvalidOperationException DateTime DateOnly
  TimeOnly DateTimeOffset TimeSpan TimeZoneInfo Uri Version Activator Attribute IDisposable IEnumerable IComparable
  List Dictionary HashSet SortedDictionary SortedSet SortedList Queue Stack LinkedList KeyValuePair IList IDictionary
  Comparer EqualityComparer Enumerable Queryable Task ValueTask Parallel Thread Monitor Timer CancellationToken
  File Path Directory FileInfo DirectoryInfo Stream StreamReader StreamWriter StringReader StringWriter TextReader
  TextWriter MemoryStream FileStream BinaryReader BinaryWriter Encoding StringBuilder Regex Match CultureInfo
  BigInteger Complex Vector Stopwatch Process Debug JsonSerializer JsonDocument HttpClient Span Memory Index Range
  display Display DisplayAs HTML Html CSS Javascript Kernel KernelInvocationContext Formatter PocketView Script Args
  Print Chart Plot Plotly Newtonsoft NuGet csharp_kernel`)

const text = textWriter(unicodeEscape)

interface Remarks {
  readonly notes: Set<string>
  readonly needs: Set<string>
}

const doubles = {
  notANumber: 'double.NaN',
  infinity: 'double.PositiveInfinity',
  minusInfinity: 'double.NegativeInfinity',
}

function number(digits: string, type: DotnetType, { notes, needs }: Remarks): string {
  if (type.kind === 'double') return dotnetDouble(digits, doubles, notes)
  const plain = digits === '-0' ? '0' : digits
  const own = type.kind === 'big' ? dotnetTypeOf({ kind: 'number', text: digits }).kind : type.kind
  if (own === 'big') {
    needs.add('using System.Numerics;')
    return `BigInteger.Parse("${plain}")`
  }
  return own === 'int' ? plain : `${plain}L`
}

const dictionary = 'Dictionary<string, object>'
const typeNames: Readonly<Partial<Record<DotnetType['kind'], string>>> = {
  int: 'int',
  exact: 'long',
  long: 'long',
  big: 'BigInteger',
  boolean: 'bool',
  text: 'string',
  object: dictionary,
  double: 'double',
}

function typeName(type: DotnetType): string {
  return type.item === undefined ? (typeNames[type.kind] ?? 'object') : `${typeName(type.item)}[]`
}

interface Typed extends Brackets {
  readonly item: DotnetType
}

const arrays = new Map<DotnetType, Typed>()

function arrayOf(item: DotnetType): Typed {
  let brackets = arrays.get(item)
  if (brackets === undefined) {
    brackets = { item, open: `new ${typeName(item)}[] {`, close: '}' }
    // Types of lists in lists are without end.
    if (item.item === undefined) arrays.set(item, brackets)
  }
  return brackets
}

const objects: MemberBrackets = {
  open: `new ${dictionary} {`,
  close: '}',
  lead: (name) => `[${text(name)}] = `,
}
const emptyObject: MemberBrackets = { ...objects, open: `new ${dictionary}(`, close: ')' }

/** The type that a part must have where it stands; `undefined` leaves it its own. */
function expected(within: Brackets | undefined): DotnetType | undefined {
  const item = (within as Partial<Typed> | undefined)?.item
  return item?.kind === 'any' ? undefined : item
}

function notation(remarks: Remarks): Notation {
  return {
    scalar: (value, within) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text, expected(within) ?? dotnetTypeOf(value), remarks)
      return value.kind === 'null' ? 'null' : String(value.value)
    },
    list: (items, within) => arrayOf(expected(within)?.item ?? itemType(items)),
    object: (entries) => {
      remarks.needs.add('using System.Collections.Generic;')
      return entries.length === 0 ? emptyObject : objects
    },
  }
}

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|#[^\n]*/y,
  string:
    /\$*"""[\s\S]*?(?:"""|$)|(?:\$@|@\$?)"(?:""|[^"])*(?:"|$)|\$?"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|\\?$)/y,
  name: /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]*/uy,
  textType: /^$/,
  assigns: words('='),
  indented: false,
  semicolons: true,
}

/** `var x = …;`, `string x = …;`, `const double x = …;`, `List<int> x = …;` */
function declared(source: string): Declared[] {
  const found: Declared[] = []
  for (const statement of statements(source, lexis)) {
    const equal = statement.findIndex(({ text: sign }) => sign === '=')
    const name = statement[equal - 1]
    if (equal < 1 || name?.kind !== 'name' || keywords.has(name.text)) continue
    const type = statement.slice(0, equal - 1).map(({ text: sign }) => sign)
    if (type.at(-1) === '.' || type.some((sign) => !/^[\p{L}\p{N}_<>,.?[\]]+$/u.test(sign))) continue
    const value = statement.slice(equal + 1)
    const isText = value.length === 1 && value[0]!.kind === 'string' && !value[0]!.text.startsWith("'")
    found.push({ name: name.text, text: isText || /^(const)?string\??$/.test(type.join('')) })
  }
  return found
}

/** C# 6 and later (C# language specification, 6.4), as a script of Roslyn's: so .NET Interactive and ICSharp run it. */
export const csharp: Language = {
  name: 'C#',
  aliases: ['c#', 'csharp'],
  kernels: /^(\.net-csharp|dotnet-csharp|i?csharp|csharp-.*)$/,
  identifiers: {
    ...dotnetNamesOf('\\p{L}\\p{Nl}_', '\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}\\p{Pc}'),
    lead: '_',
    keywords,
    avoided: (name) => needed.has(name),
    fold: nfkc,
  },
  comment: (comment) => `// ${comment}`,
  gap: '  ',
  takesNul: true,
  assign(variable, value) {
    const remarks = { notes: new Set<string>(), needs: new Set<string>() }
    const before = `${value.kind === 'null' ? 'object' : 'var'} ${variable} = `
    const code = `${before}${writeLiteral(value, notation(remarks), before.length + 1)};`
    return { code, notes: [...remarks.notes], needs: [...remarks.needs] }
  },
  declared,
}
