import type { Entry } from '../../parameters/value.ts'
import { type Declared, type Identifiers, type Language, nfkc, words } from '../language.ts'
import { assigned, type Lexeme, type Lexis, statements } from '../shared/cells/statements.ts'
import { isInteger } from '../shared/digits.ts'
import { namesOf } from '../shared/letters.ts'
import { writeLiteral } from '../shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from '../shared/notation.ts'
import { hexadecimal, textWriter } from '../shared/texts.ts'
import { javascriptEffects } from './javascript-effects.ts'

// Reserved words of every mode, as kernels run cells as scripts, as modules and in asynchronous functions; and global
// constants, which a script cannot set.
const keywords = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof var void while with yield
  Infinity NaN undefined globalThis`)

// What notebooks call, what Node.js, Deno and browsers keep under these names (setting `location` in a browser opens
// that address), and what the kernels themselves need.
const needed = words(`
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView
  Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Int16Array
  Int32Array Int8Array Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp
  Set SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array
  Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt unescape
  constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
  AbortController AbortSignal Blob Buffer Event EventTarget FormData Headers Request Response TextDecoder TextEncoder
  URL URLSearchParams WebSocket Worker alert atob btoa clearImmediate clearInterval clearTimeout confirm console
  crypto exports fetch global import module navigator performance process prompt queueMicrotask require setImmediate
  setInterval setTimeout structuredClone
  caches closed crossOriginIsolated customElements document external frameElement frames history indexedDB
  isSecureContext localStorage location navigation parent postMessage self sessionStorage top window
  Deno Jupyter display ijs tslab tsLastExpr afunc`)

export const identifiers: Identifiers = {
  ...namesOf('\\p{ID_Start}$_', '\\p{ID_Continue}$'),
  lead: '_',
  keywords,
  // IJavascript's own begin with two dollars; a variable whose name begins with two underscores is lost to tslab's next
  // cells; a dollar or an underscore alone are what libraries and consoles use.
  avoided: (name) => needed.has(name) || /^(\$\$|__|[$_]$)/.test(name),
  fold: nfkc,
}

const text = textWriter((code) => {
  if (code > 0xffff) return `\\u{${code.toString(16)}}`
  return code > 0xff ? `\\u${hexadecimal(code, 4)}` : `\\x${hexadecimal(code, 2)}`
})

// Most numbers: nothing about them needs a closer look.
const plain = /^-?(?!0$)[0-9.]{1,15}$/

function number(digits: string, notes: Set<string>): string {
  if (plain.test(digits)) return digits
  if (isInteger(digits)) {
    if (digits === '-0') return '0'
    return Number.isSafeInteger(Number(digits)) ? digits : `${digits}n`
  }
  if (!/[0-9]/.test(digits) || Number.isFinite(Number(digits))) return digits
  notes.add('beyond the range of number')
  return digits.startsWith('-') ? '-Infinity' : 'Infinity'
}

// Array indexes: JavaScript puts such members first, in ascending order.
const index = /^(?:0|[1-9][0-9]{0,9})$/

function isReordered(entries: readonly Entry[]): boolean {
  let largest = -1
  let others = false
  for (const [name] of entries) {
    if (!index.test(name) || Number(name) > 4294967294) {
      others = true
      continue
    }
    if (others || Number(name) < largest) return true
    largest = Number(name)
  }
  return false
}

const list: Brackets = { open: '[', close: ']' }
const object: MemberBrackets = {
  open: '{',
  close: '}',
  // Not in brackets this name would set what the object inherits from.
  lead: (name) => (name === '__proto__' ? '["__proto__"]: ' : `${text(name)}: `),
}

export function notation(notes: Set<string>): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text, notes)
      return value.kind === 'null' ? 'null' : String(value.value)
    },
    list: () => list,
    object: (entries) => {
      if (isReordered(entries)) notes.add('JavaScript puts names that are integers first')
      return object
    },
  }
}

const lexis: Lexis = {
  comment: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/y,
  string:
    /"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)|'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|\\?$)|`(?:\\[\s\S]|[^`\\])*(?:`|\\?$)/y,
  name: /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy,
  textType: /^string(\|null|\|undefined)*$/,
  assigns: words('='),
  indented: true,
  qualifiers: words('const let var'),
}

/** `let x = "…", y`, `var x: string`, `x = 5`. */
export function declared(source: string): Declared[] {
  return statements(source, lexis).flatMap((statement) => {
    const word = statement[0]!.text
    if (!lexis.qualifiers!.has(word)) return assigned(statement, lexis)
    return betweenCommas(statement.slice(1)).flatMap((part) => {
      const [name, sign] = part
      if (name?.kind !== 'name' || !/^[=:]?$/.test(sign?.text ?? '')) return []
      const equal = part.findIndex(({ text: operator }) => operator === '=')
      const value = equal < 0 ? [] : part.slice(equal + 1)
      const type = part.slice(2, equal < 0 ? undefined : equal).map((lexeme) => lexeme.text)
      const isText = value.length > 0 && value.every(({ kind }) => kind === 'string')
      return [{ name: name.text, text: isText || lexis.textType.test(type.join('')), word }]
    })
  })
}

function betweenCommas(statement: readonly Lexeme[]): Lexeme[][] {
  const parts: Lexeme[][] = [[]]
  let nested = 0
  for (const lexeme of statement) {
    if ('([{'.includes(lexeme.text)) nested++
    if (')]}'.includes(lexeme.text)) nested--
    if (nested === 0 && lexeme.text === ',') parts.push([])
    else parts.at(-1)!.push(lexeme)
  }
  return parts
}

/** ECMAScript 2020 and later, which has integers of any size, in Node.js and in browsers. */
export const javascript: Language = {
  name: 'JavaScript',
  aliases: ['javascript', 'js', 'node', 'nodejs', 'ecmascript'],
  kernels: /^(conda-.*-)?(i?javascript|xjavascript|javascript-worker|jslab|nodejs)$/,
  identifiers,
  comment: (comment) => `// ${comment}`,
  gap: ' ',
  takesNul: true,
  assign(variable, value, _, by) {
    const notes = new Set<string>()
    // IJavascript takes no declaration of what the template declares with `let`.
    const before = `${by?.word === 'let' ? '' : 'var '}${variable} = `
    const code = `${before}${writeLiteral(value, notation(notes), before.length)};`
    return { code, notes: [...notes] }
  },
  declared,
  effects: javascriptEffects,
}
