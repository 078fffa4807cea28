import { type Language, nfkc, words } from './language.ts'
import { declaredByAssignment } from './shared/cells/statements.ts'
import { isInteger } from './shared/digits.ts'
import { namesOf } from './shared/letters.ts'
import { writeLiteral } from './shared/literals.ts'
import type { Brackets, MemberBrackets, Notation } from './shared/notation.ts'
import { hexadecimal, textWriter } from './shared/texts.ts'

const keywords = words(`
  BEGIN END alias and begin break case class def defined? defined do else elsif end ensure false for if in module next
  nil not or redo rescue retry return self super then true undef unless until when while yield
  __ENCODING__ __FILE__ __LINE__ __method__ __END__`)

// Methods that notebooks call by their name alone, with a block or before a bracket, which a variable of that name
// takes for its own; and what IRuby and irb keep.
const needed = words(`
  abort at_exit autoload binding caller catch eval exec exit fail fork gets global_variables include irb lambda
  local_variables loop p pp print printf proc putc puts raise rand readline readlines require require_relative spawn
  sprintf srand throw warn conf
  _ __ ___ _i _ii _iii _ih _oh`)

const text = textWriter(
  (code) => `\\u${code > 0xffff ? `{${code.toString(16)}}` : hexadecimal(code, 4)}`,
  // What Ruby would replace: #{x}, #$x, #@x.
  [[/#(?=[{$@])/g, '\\#']],
)

// Most numbers: nothing about them needs a closer look.
const plain = /^-?[0-9.]+$/

function number(digits: string, notes: Set<string>): string {
  if (plain.test(digits) && digits.length < 300) return digits
  if (isInteger(digits)) return digits
  if (digits === 'NaN') return 'Float::NAN'
  const value = Number(digits)
  if (!Number.isFinite(value)) {
    if (/[0-9]/.test(digits)) notes.add('beyond the range of Float')
    return value < 0 ? '-Float::INFINITY' : 'Float::INFINITY'
  }
  // Ruby warns of what it takes for zero.
  if (value !== 0 || !/^[^eE]*[1-9]/.test(digits)) return digits
  notes.add('too small for Float')
  return Object.is(value, -0) ? '-0.0' : '0.0'
}

const list: Brackets = { open: '[', close: ']' }
const hash: MemberBrackets = { open: '{', close: '}', lead: (name) => `${text(name)} => ` }

function notation(notes: Set<string>): Notation {
  return {
    scalar: (value) => {
      if (value.kind === 'text') return text(value.value)
      if (value.kind === 'number') return number(value.text, notes)
      return value.kind === 'null' ? 'nil' : String(value.value)
    },
    list: () => list,
    object: () => hash,
  }
}

/** Ruby 2.5 and later, as IRuby runs it. */
export const ruby: Language = {
  name: 'Ruby',
  aliases: ['ruby', 'iruby'],
  kernels: /^(conda-.*-)?i?ruby[-_.0-9]*$/,
  identifiers: {
    // A name that begins with a capital letter is a constant, which cannot be set twice.
    ...namesOf('\\p{L}_', '\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}_', '[\\p{Lu}\\p{Lt}]'),
    lead: '_',
    keywords,
    // What IRuby keeps of earlier cells, and the arguments of a block (_1).
    avoided: (name) => needed.has(name) || /^_[io]?[0-9]+$/.test(name),
    fold: nfkc,
  },
  comment: (comment) => `# ${comment}`,
  gap: ' ',
  takesNul: true,
  assign(variable, value) {
    const notes = new Set<string>()
    const before = `${variable} = `
    const code = before + writeLiteral(value, notation(notes), before.length)
    return { code, notes: [...notes] }
  },
  declared: (source) =>
    declaredByAssignment(source, {
      comment: /^=begin\s[\s\S]*?(?:^=end\b[^\n]*|$(?![\s\S]))|#[^\n]*/my,
      string: /"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|'(?:\\[\s\S]|[^'\\])*(?:'|\\?$)/y,
      name: /[\p{L}_][\p{L}\p{Nd}\p{Mn}\p{Mc}_]*/uy,
      textType: /^$/,
      assigns: words('='),
      indented: true,
      joined: /\\\r?\n/y,
    }).filter(({ name }) => /^(?![\p{Lu}\p{Lt}])/u.test(name)),
}
