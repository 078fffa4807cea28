import type { Value } from '../../parameters/value.ts'
import { type Assignment, type Declared, type Language, nfkc, words } from '../language.ts'
import { namesOf } from '../shared/letters.ts'
import { textWriter, unitEscapes } from '../shared/texts.ts'
import { javaCell } from './java-cell.ts'
import { type JvmWriter, writeJvmLiteral } from './jvm.ts'
import { lineComment } from './jvm-texts.ts'
import type { JvmType } from './jvm-types.ts'

const keywords = words(`
  _ abstract assert boolean break byte case catch char class const continue default do double else enum extends false
  final finally float for goto if implements import instanceof int interface long native new null package private
  protected public return short static strictfp super switch synchronized this throw throws transient true try void
  volatile while`)

// What the cell itself names: a variable of that name would stand before it (JLS 6.4.2).
const own = words('java Arrays Boolean Double Integer Long Number Object String')

// Likewise what users write before a dot: packages and the classes that JShell imports. `yield x` would be a statement.
const needed = words(`
  javax jdk com org net io dev ai yield
  Byte Character Class ClassLoader Compiler Enum Error Exception Float Iterable Math Module Process ProcessBuilder
  ProcessHandle Record Runtime RuntimeException Short StackWalker StrictMath StringBuilder System Thread ThreadLocal
  Throwable Void Override
  File Console Files FileSystems Path Paths BigDecimal BigInteger MathContext RoundingMode URI URL URLEncoder
  URLDecoder InetAddress HttpClient
  ArrayList Base64 BitSet Calendar Collection Collections Comparator Currency Date EnumSet EnumMap Formatter HashMap
  HashSet HexFormat Iterator LinkedHashMap LinkedList List Locale Map Objects Optional OptionalDouble OptionalInt
  PriorityQueue Properties Random ResourceBundle Scanner Set Spliterators Stack StringJoiner StringTokenizer TimeZone
  Timer TreeMap TreeSet UUID Vector CompletableFuture Executors TimeUnit ThreadLocalRandom ConcurrentHashMap
  BiFunction BinaryOperator Function Predicate Supplier UnaryOperator Preferences Matcher Pattern
  Collectors DoubleStream IntStream LongStream Stream StreamSupport
  Clock DateTimeFormatter Duration Instant LocalDate LocalDateTime LocalTime Month Period ZonedDateTime ZoneId`)

const text = textWriter(unitEscapes)

const classes: Readonly<Record<string, string>> = {
  int: 'Integer',
  exact: 'Long',
  long: 'Long',
  big: 'java.math.BigInteger',
  double: 'Double',
  number: 'Number',
  boolean: 'Boolean',
  text: 'String',
  map: 'java.util.Map<String, Object>',
}

/** What a list of it has between `<` and `>`. */
function classOf(shape: JvmType): string {
  if (shape.startsWith('[')) return `java.util.List<${classOf(shape.slice(1))}>`
  return classes[shape.replace('?', '')] ?? 'Object'
}

const primitives: Readonly<Record<string, string>> = {
  int: 'int',
  exact: 'long',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
}

const parsers: Readonly<Record<string, string>> = {
  int: 'Integer::valueOf',
  exact: 'Long::valueOf',
  long: 'Long::valueOf',
  big: 'java.math.BigInteger::new',
  double: 'Double::valueOf',
  boolean: 'Boolean::valueOf',
}

const typed = { open: 'java.util.Arrays.asList(', close: ')' }
const ofNumbers = { open: 'java.util.Arrays.<Number>asList(', close: ')' }
const ofAnything = { open: 'java.util.Arrays.<Object>asList(', close: ')' }

const writer: JvmWriter = {
  mostParts: 2000,
  mostLevels: 100,
  text,
  joined: (literals) => `String.join("",\n    ${literals.join(',\n    ')})`,
  integer(digits, shape) {
    if (shape === 'big') return `new java.math.BigInteger("${digits}")`
    return shape === 'int' ? digits : `${digits}L`
  },
  notANumber: 'Double.NaN',
  infinity: 'Double.POSITIVE_INFINITY',
  negativeInfinity: 'Double.NEGATIVE_INFINITY',
  // Alone, it would be the array of the items.
  onlyNull: (element) => `(${classOf(element)}) null`,
  list(element) {
    const name = classOf(element)
    return name === 'Object' ? ofAnything : name === 'Number' ? ofNumbers : typed
  },
  members: { open: 'mapOf(', close: ')' },
  member: (name) => `${name}, `,
  read(all, element, separator) {
    if (element === 'text') return `java.util.Arrays.asList(${all}.split(${separator}, -1))`
    if (!element.startsWith('[')) return collected(`${all}.split(" ")`, parsers[element]!)
    const row = collected('row.split(" ")', parsers[element.slice(1)]!)
    return collected(`${all}.split(${separator})`, `row -> ${row}`)
  },
}

function collected(parts: string, each: string): string {
  return `java.util.Arrays.stream(${parts}).map(${each}).collect(java.util.stream.Collectors.toList())`
}

// Java has no expression for a map that keeps its order and may hold null.
const mapOf = `
java.util.Map<String, Object> mapOf(Object... members) {
    java.util.Map<String, Object> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) map.put((String) members[i], members[i + 1]);
    return map;
}`.trim()

function assign(variable: string, value: Value, _: unknown, declared?: Declared): Assignment {
  const widest = 'java.util.List<Double> '.length + variable.length + ' = ;'.length
  const { literal, shape, objects, notes } = writeJvmLiteral(value, writer, widest, declared?.type)
  const code = `${primitives[shape] ?? classOf(shape)} ${variable} = ${literal};`
  return { code, notes, ...(objects && { needs: [mapOf] }) }
}

/** Java from 9 on (JLS 3: Lexical Structure), as JShell runs it in all of its kernels. */
export const java: Language = {
  name: 'Java',
  aliases: ['java'],
  kernels:
    /^(i?java|jjava|java[-_.0-9]+.*|rapaio-jupyter-kernel.*|ganymede[-_.0-9].*|jbang-(ijava|jjava|rapaio|ganymede|java).*)$/,
  identifiers: {
    ...namesOf('\\p{L}\\p{Nl}_$', '\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_$'),
    lead: '_',
    keywords: new Set([...keywords, ...own]),
    // JShell calls its own variables `$1`.
    avoided: (name) => needed.has(name) || /^\$[0-9]+$/.test(name),
    fold: nfkc,
  },
  comment: lineComment,
  gap: '  ',
  takesNul: true,
  assign,
  ...javaCell,
}
