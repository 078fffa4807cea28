import type { Entry, Value } from '../parameters/value.ts'
import { writeValue } from '../parameters/write.ts'
import { type Declared, type Language, nfkc, words } from './language.ts'
import { type Lexeme, type Lexis, statements } from './shared/cells/statements.ts'
import { isInteger } from './shared/digits.ts'
import { namesOf } from './shared/letters.ts'
import { writeLiteral } from './shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from './shared/notation.ts'
import { escapeUnseen, hasUnseen } from './shared/texts.ts'

// Variables that PowerShell lets nobody set, sets itself all the time, or hands to every command as its arguments
// (about_Automatic_Variables).
const automatic = words(`
  _ args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber executioncontext false
  foreach home host input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation nestedpromptlevel null
  pid profile psboundparameters pscmdlet pscommandpath psculture psdebugcontext psdefaultparametervalues psedition
  pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace switch this true`)

// How PowerShell itself behaves (about_Preference_Variables).
const preferences = words(`
  confirmpreference debugpreference erroractionpreference errorview formatenumerationlimit informationpreference
  logcommandhealthevent logcommandlifecycleevent logenginehealthevent logenginelifecycleevent logproviderhealthevent
  logproviderlifecycleevent logsettingsevent maximumaliascount maximumdrivecount maximumerrorcount
  maximumfunctioncount maximumhistorycount maximumvariablecount ofs outputencoding progresspreference psemailserver
  psloguserdata psmoduleautoloadingpreference psnativecommandargumentpassing psnativecommanduseerroractionpreference
  pssessionapplicationname pssessionconfigurationname pssessionoption psstyle transcript verbosehelperrors
  verbosepreference warningpreference whatifpreference currentlyexecutingcommand kernel`)

const escapes: Readonly<Record<number, string>> = {
  0: '`0',
  7: '`a',
  8: '`b',
  9: '`t',
  10: '`n',
  11: '`v',
  12: '`f',
  13: '`r',
}

const harmless = /^[ -&(-~]*$/

/** PowerShell takes typographic quotes for quotes: ‘ ’ ‚ ‛ for ', and “ ” „ for ". */
function text(value: string): string {
  if (harmless.test(value)) return `'${value}'`
  if (!hasUnseen(value)) return `'${value.replace(/['‘’‚‛]/g, '$&$&')}'`
  // After an escape editors take # for a comment.
  const body = value.replace(/[`$"“”„#]/g, '`$&')
  return `"${escapeUnseen(body, (code) => escapes[code] ?? `\`u{${code.toString(16)}}`)}"`
}

const largest = 2n ** 63n

// Most numbers: nothing about them needs a closer look.
const plain = /^-?(?!0$)[0-9.]{1,15}$/

function number(digits: string, notes: Set<string>): string {
  if (plain.test(digits)) return digits
  if (!isInteger(digits)) return double(digits, notes)
  if (digits === '-0') return '0'
  if (digits.length < 19) return digits
  const value = digits.length > 20 ? largest : BigInt(digits)
  // The least one would be a number beyond the range, with a minus before it.
  if (value === -largest) return '[long]::MinValue'
  return value < largest && value > -largest ? digits : `[bigint]'${digits}'`
}

function double(digits: string, notes: Set<string>): string {
  if (digits === 'NaN') return '[double]::NaN'
  const value = Number(digits)
  // Editors take 1E5 for a command.
  if (Number.isFinite(value)) return digits.toLowerCase()
  if (/[0-9]/.test(digits)) notes.add('beyond the range of double')
  return value < 0 ? '[double]::NegativeInfinity' : '[double]::PositiveInfinity'
}

const list: Brackets = { open: '@(', close: ')' }
// Without the comma the only item, a list, would become the list itself.
const listOfList: Brackets = { open: '@(,', close: ')' }
const object: MemberBrackets = {
  open: '[ordered]@{',
  close: '}',
  separator: '; ',
  between: '',
  lead: (name) => `${text(name)} = `,
}

function notation(notes: Set<string>): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text, notes)
      return value.kind === 'null' ? '$null' : `$${value.value}`
    },
    list: (items) => (items.length === 1 && items[0]!.kind === 'list' ? listOfList : list),
    object: () => object,
  }
}

/** Rather too many names are one in this form: which ones PowerShell compares as equal is a matter of its culture. */
function keyOf(name: string): string {
  if (/^[ -~]+$/.test(name)) return name.toLowerCase()
  return fold(name.normalize('NFKD').replace(/[\p{C}\p{M}]/gu, ''))
}

// No two of these are one.
const small = /^[ -@[-~]*$/

function clashes(entries: readonly Entry[]): boolean {
  if (entries.length < 2 || entries.every(([name]) => small.test(name))) return false
  const keys = new Set<string>()
  for (const [name] of entries) keys.add(keyOf(name))
  return keys.size < entries.length
}

function hasClashes(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(hasClashes)
  return (
    value.kind === 'object' &&
    (clashes(value.entries) || value.entries.some(([, member]) => hasClashes(member)))
  )
}

/** The value with JSON text for each object that has names which PowerShell takes for one. */
function withoutClashes(value: Value): Value {
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(withoutClashes) }
  if (value.kind !== 'object') return value
  if (clashes(value.entries)) return { kind: 'text', value: writeValue(value) }
  return { kind: 'object', entries: value.entries.map(([name, member]) => [name, withoutClashes(member)]) }
}

/** PowerShell compares without regard to case, by the capital of each character. */
function fold(name: string): string {
  return nfkc(name).toUpperCase().toLowerCase()
}

const lexis: Lexis = {
  comment: /<#[\s\S]*?(?:#>|$)|#[^\n]*/y,
  string:
    /@'\r?\n[\s\S]*?(?:\n'@|$)|@"\r?\n[\s\S]*?(?:\n"@|$)|(?:'[^']*(?:'|$))+|"(?:`[\s\S]|""|[^"`])*(?:"|`?$)/y,
  name: /\$(?:[\p{L}\p{Nd}_]+|\{[^}\n]*\})(?!:)/uy,
  textType: /^\[string\]$/i,
  assigns: words('='),
  indented: true,
  joined: /`\r?\n/y,
}

/** `$x = '…'`, `[string]$x = …`. */
function declared(source: string): Declared[] {
  return statements(source, lexis).flatMap((statement) => {
    const equal = statement.findIndex((lexeme) => lexeme.text === '=')
    const target = statement[equal - 1]
    if (target?.kind !== 'name') return []
    const type = written(statement.slice(0, equal - 1))
    if (!/^(\[[^\]]*\])*$/.test(type)) return []
    const value = statement.slice(equal + 1)
    const text = lexis.textType.test(type) || (value.length === 1 && value[0]!.kind === 'string')
    return [{ name: target.text.replace(/^\$\{?|\}$/g, ''), text }]
  })
}

function written(lexemes: readonly Lexeme[]): string {
  return lexemes.map((lexeme) => lexeme.text).join('')
}

/** PowerShell 6 and later (its about_ topics), as .NET Interactive and powershell_kernel run it. */
export const powershell: Language = {
  name: 'PowerShell',
  aliases: ['powershell', 'pwsh'],
  kernels: /^(conda-.*-)?(powershell|pwsh|\.net-(powershell|pwsh))$/,
  identifiers: {
    // It looks at UTF-16 units: no letter beyond the basic plane is one.
    ...namesOf('\\p{L}\\p{Nd}_', '\\p{L}\\p{Nd}_', '[]', '\\u{10000}-\\u{10ffff}'),
    lead: 'x_',
    keywords: automatic,
    avoided: (name) => preferences.has(name),
    fold,
  },
  comment: (comment) => `# ${comment}`,
  gap: ' ',
  takesNul: true,
  assign(variable, value) {
    const notes = new Set<string>()
    const before = `$${variable} = `
    if (!hasClashes(value)) {
      return { code: before + writeLiteral(value, notation(notes), before.length), notes: [...notes] }
    }
    const code = before + writeLiteral(withoutClashes(value), notation(notes), before.length)
    return { code, notes: ['names that are one to PowerShell: JSON text', ...notes] }
  },
  declared,
}
