import { type Language, nfkc, words } from '../language.ts'
import { isInteger, isPlainNumber } from '../shared/digits.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import { type Brackets, evenly, type MemberBrackets, type Notation } from '../shared/notation.ts'
import { hexadecimal, isHarmless, remembering, textWriter, unicodeEscape } from '../shared/texts.ts'
import { pythonCell } from './python-cell.ts'
import { pythonEffects } from './python-effects.ts'

const keywords = words(`
  False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield __debug__`)

// The functions and types that notebooks call (the exceptions aside), and what IPython and Python keep for themselves.
const needed = words(`
  abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex
  copyright credits delattr dict dir display divmod enumerate eval exec exit filter float format frozenset getattr
  get_ipython globals hasattr hash help hex id In input int isinstance issubclass iter len license list locals map
  max memoryview min next object oct open ord Out pow print property quit range repr reversed round set setattr
  slice sorted staticmethod str sum super tuple type vars zip Ellipsis NotImplemented
  BaseException Exception ArithmeticError AssertionError AttributeError EOFError FileNotFoundError ImportError
  IndexError KeyError KeyboardInterrupt LookupError NameError NotImplementedError OSError RuntimeError
  StopIteration SyntaxError TypeError UnicodeError ValueError Warning ZeroDivisionError
  _ __ ___ _i _ii _iii _ih _oh _dh _sh _exit_code
  __annotations__ __builtin__ __builtins__ __build_class__ __cached__ __doc__ __file__ __import__ __loader__
  __name__ __package__ __path__ __session__ __spec__`)

// From 3.11 on Python reads no decimal integer with more than 4300 digits; in hexadecimal there is no limit.
const mostDigits = 4300

const text = textWriter((code) => {
  if (code > 0xff) return unicodeEscape(code)
  return `\\x${hexadecimal(code, 2)}`
})

function number(digits: string): string {
  if (digits === 'NaN') return 'float("nan")'
  if (digits === 'Infinity') return 'float("inf")'
  if (digits === '-Infinity') return 'float("-inf")'
  return pythonDigits(digits)
}

/** A number that has digits, as Python reads it. */
export function pythonDigits(digits: string): string {
  if (digits.length <= mostDigits || !isInteger(digits)) return digits
  const negative = digits.startsWith('-')
  return `${negative ? '-' : ''}0x${BigInt(negative ? digits.slice(1) : digits).toString(16)}`
}

const list: Brackets = evenly({ open: '[', close: ']' })
const dict: MemberBrackets = evenly({ open: '{', close: '}', lead: remembering((name) => `${text(name)}: `) })

/** How Python writes values, given how numbers are written. */
export function pythonNotation(number: (digits: string) => string): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text)
      return value.kind === 'null' ? 'None' : value.value ? 'True' : 'False'
    },
    isPlain: isHarmless,
    list: () => list,
    object: () => dict,
  }
}

const notation = pythonNotation(number)

/** Python 3.8 and later (Language Reference, 2.3 identifiers and 2.4 literals), as IPython runs it. */
export const python: Language = {
  name: 'Python',
  aliases: ['python', 'python2', 'python3', 'ipython', 'ipython3', 'pyspark', 'python_glue_session', 'sos'],
  kernels: /^(i?python[0-9.]*|xpython.*|python3?-.*|conda-.*-py|pyspark.*|(glue|synapse)[-_]pyspark|sos)$/,
  identifiers: {
    ...namesOf('\\p{XID_Start}_', '\\p{XID_Continue}'),
    lead: '_',
    keywords,
    avoided: (name) => needed.has(name) || /^_i?[0-9]+$/.test(name),
    fold: nfkc,
  },
  comment: (comment) => `# ${comment}`,
  gap: '  ',
  takesNul: true,
  assign(variable, value) {
    const before = `${variable} = `
    const tooLarge = value.kind === 'number' && isBeyondFloat(value.text)
    return {
      code: before + writeLiteral(value, notation, before.length),
      notes: tooLarge ? ['beyond the range of float'] : [],
    }
  },
  ...pythonCell,
  effects: pythonEffects,
}

function isBeyondFloat(digits: string): boolean {
  return (
    !isPlainNumber(digits) && !Number.isFinite(Number(digits)) && !isInteger(digits) && /[0-9]/.test(digits)
  )
}
