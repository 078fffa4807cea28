import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Assignment, type Language, nfkc, words } from '../language.ts'
import { isInteger } from '../shared/digits.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Notation } from '../shared/notation.ts'
import { textWriter } from '../shared/texts.ts'
import { cCell } from './c-cell.ts'

const keywords = words(`
  alignas alignof asm auto bool break case char const constexpr continue default do double else enum extern false
  float for goto if inline int long nullptr register restrict return short signed sizeof static static_assert struct
  switch thread_local true typedef typeof typeof_unqual union unsigned void volatile while fortran
  and and_eq bitand bitor compl not not_eq or or_eq xor xor_eq`)

// The standard library's names that programs use (C17, 7), the names that compilers define, and the program itself.
const needed = words(`
  main argc argv environ NULL EOF INFINITY NAN HUGE_VAL RAND_MAX EXIT_SUCCESS EXIT_FAILURE BUFSIZ I complex
  imaginary errno stdin stdout stderr assert offsetof linux unix i386 signal raise
  size_t ssize_t ptrdiff_t wchar_t time_t clock_t FILE va_list va_start va_end va_arg
  int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t
  abort abs acos asin atan atan2 atexit atof atoi atol bsearch calloc ceil clearerr clock cos cosh ctime difftime div
  erf exit exp fabs fclose feof ferror fflush fgetc fgets floor fmax fmin fmod fopen fprintf fputc fputs fread free
  freopen frexp fscanf fseek ftell fwrite gamma getc getchar getenv gets getline gmtime hypot isalnum isalpha isdigit
  isfinite isinf isnan isspace j0 j1 jn labs ldexp lgamma llabs localtime log log10 log1p log2 longjmp lrint lround
  malloc memchr memcmp memcpy memmove memset mktime modf nan perror pow printf putc putchar puts qsort rand realloc
  remove rename rewind rint round scanf setbuf setjmp setvbuf sin sinh snprintf sprintf sqrt srand sscanf strcat strchr
  strcmp strcpy strcspn strdup strerror strftime strlen strncat strncmp strncpy strstr strtod strtok strtol strtoul
  system tan tanh tgamma time tmpfile tolower toupper trunc ungetc vprintf y0 y1 yn
  read write open close fork exec execl execv pipe kill sleep usleep access link unlink index`)

/** The octal of the character's UTF-8 bytes: three digits each, which take nothing that follows. */
function octal(code: number): string {
  return [...Buffer.from(String.fromCodePoint(code))]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('')
}

/** A text in double quotes. The second of two question marks is escaped, so that there is no trigraph. */
export const text = textWriter(octal, [[/(?<=\?)\?/g, '\\?']])

type NumberType = 'int' | 'long long' | 'double' | 'none'

function numberType(digits: string): NumberType {
  if (!isInteger(digits)) return 'double'
  if (digits.length > 20) return 'none'
  const value = BigInt(digits)
  if (value >= -(2n ** 31n) && value < 2n ** 31n) return 'int'
  return value >= -(2n ** 63n) && value < 2n ** 63n ? 'long long' : 'none'
}

/** Without a header: no NAN, no INFINITY, no INT_MIN. */
function number(digits: string, type: NumberType): string {
  if (type === 'double') {
    const value = Number(digits.replace('Infinity', '1e999'))
    if (Number.isNaN(value)) return '(0.0 / 0.0)'
    if (!Number.isFinite(value)) return value < 0 ? '(-1.0 / 0.0)' : '(1.0 / 0.0)'
    if (!isInteger(digits)) return digits
    return digits === '-0' ? '0.0' : `${digits}.0`
  }
  if (type === 'int') return digits === '-2147483648' ? '(-2147483647 - 1)' : digits
  return digits === '-9223372036854775808' ? '(-9223372036854775807LL - 1)' : `${digits}LL`
}

function notesOnNumber(digits: string): string[] {
  const beyond = !isInteger(digits) && /[0-9]/.test(digits) && !Number.isFinite(Number(digits))
  return beyond ? ['beyond the range of double'] : []
}

function assignText(variable: string, value: string, notes: readonly string[]): Assignment {
  return { code: `const char *${variable} = ${text(value)};`, notes }
}

function assignArray(variable: string, type: string, items: readonly Value[], length: string): Assignment {
  const isText = type === 'const char *'
  const declaration = `${type}${isText ? '' : ' '}${variable}[] = `
  const notation: Notation = {
    scalar: (item) => {
      if (item.kind === 'text') return text(item.value)
      if (item.kind === 'number') return number(item.text, type as NumberType)
      return item.kind === 'boolean' && item.value ? '1' : '0'
    },
    list: () => ({ open: '{', close: '}' }),
    // No array holds an object.
    object: () => ({ open: '{', close: '}', lead: () => '' }),
  }
  const literal = writeLiteral({ kind: 'list', items }, notation, declaration.length + 1)
  return { code: `${declaration}${literal};\nint ${length} = ${items.length};`, notes: [] }
}

/** The type of an array that holds such items; `undefined` when there is none. */
function arrayType(items: readonly Value[]): string | undefined {
  const kind = items[0]?.kind
  if (!items.every((item) => item.kind === kind)) return undefined
  if (kind === 'text') return 'const char *'
  if (kind === 'boolean') return 'int'
  if (kind !== 'number') return undefined
  let widest: NumberType = 'int'
  for (const item of items) {
    const type = numberType((item as { text: string }).text)
    if (type === 'none') return undefined
    if (type === 'double' || (type === 'long long' && widest === 'int')) widest = type
  }
  return widest
}

function assign(variable: string, value: Value, companion: (suffix: string) => string): Assignment {
  switch (value.kind) {
    case 'null':
      return { code: `int ${variable} = 0;`, notes: ['not set'] }
    case 'boolean':
      return { code: `int ${variable} = ${value.value ? 1 : 0};`, notes: [] }
    case 'text':
      return assignText(variable, value.value, [])
    case 'number': {
      const type = numberType(value.text)
      if (type === 'none') return assignText(variable, value.text, ['an integer beyond long long, as text'])
      return { code: `${type} ${variable} = ${number(value.text, type)};`, notes: notesOnNumber(value.text) }
    }
    case 'list': {
      const type = arrayType(value.items)
      if (type !== undefined) return assignArray(variable, type, value.items, companion('length'))
      if (value.items.length > 0) break
      // C has no array without elements.
      return { code: `double *${variable} = 0;\nint ${companion('length')} = 0;`, notes: ['empty'] }
    }
  }
  return assignText(variable, writeValue(value), ['JSON text'])
}

/** C11 and later, without any header, at file scope or in a function. */
export const c: Language = {
  name: 'C',
  aliases: ['c', 'c89', 'c99', 'c11', 'c17', 'c18', 'c23'],
  kernels: /^(c|c_kernel|jupyter-c-kernel|x?c(89|99|11|17|18|23))$/,
  identifiers: {
    // Only what every compiler takes: letters beyond ASCII are a matter of the implementation.
    valid: /^[A-Za-z_][A-Za-z0-9_]*$/,
    wrong: /[^A-Za-z0-9_]/gu,
    lead: 'x_',
    keywords,
    // C17, 7.1.3: reserved for the implementation.
    avoided: (name) => needed.has(name) || /^_[A-Z_]/.test(name),
    fold: nfkc,
  },
  comment: (comment) => `/* ${comment} */`,
  gap: ' ',
  takesNul: false,
  assign,
  ...cCell,
}
