import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Language, nfkc, words } from '../language.ts'
import { namesOf } from '../shared/letters.ts'
import { depthOf, flatten, writeLiteral } from '../shared/literals.ts'
import { type Brackets, evenly, type MemberBrackets, type Notation, type Scalar } from '../shared/notation.ts'
import { isScalar } from '../shared/one-line.ts'
import { isHarmless, remembering, textWriter, unicodeEscape } from '../shared/texts.ts'
import { rCell } from './r-cell.ts'
import { rEffects } from './r-effects.ts'
import { rNumber } from './r-numbers.ts'

const keywords = words(`
  if else repeat while function for next break in TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_character_
  NA_complex_ ...`)

// Constants and functions of base R that notebooks use by their short names, and what R keeps for itself.
const needed = words(`
  c C D F I T q t pi letters LETTERS month.abb month.name list vector structure array matrix data.frame factor
  abs all any apply as.character as.integer as.numeric attr attributes cat ceiling class colnames cos diff dim do.call
  eval exp file floor format get getOption head identical ifelse integer invisible is.na is.null lapply length
  library lines load log logical lm mapply max mean median merge message min names nchar ncol nls nrow numeric
  options order paste paste0 par plot points print quit range rbind cbind read.csv rep require return rev round
  rownames sapply save sd seq seq_along seq_len setwd sin sort source split sprintf sqrt stop strsplit sub gsub
  subset substr sum summary suppressWarnings switch table tapply tan tryCatch unique unlist vapply var warning which
  with write.csv version R.version R.version.string
  .Device .Devices .First .GlobalEnv .Last .Last.value .Library .Library.site .Machine .Options .Platform
  .Random.seed .Traceback .BaseNamespaceEnv .packages .libPaths .leap.seconds`)

// R's parser gives up at fifty open brackets (contextstack overflow); a list of texts in it opens one more.
const deepest = 40
// A name in list(name = …) is a symbol, and a symbol has at most 10,000 bytes.
const longestSymbol = 2000

// Never \x, which may not stand in one string with \u.
const text = textWriter(unicodeEscape)

function isUniform(items: readonly Value[]): boolean {
  const kind = items[0]?.kind
  if (kind !== 'boolean' && kind !== 'number' && kind !== 'text') return false
  return items.every((item) => item.kind === kind)
}

function tag(name: string): string {
  return /^[A-Za-z][A-Za-z0-9._]*$/.test(name) && !keywords.has(name) ? name : text(name)
}

function isSymbol(name: string): boolean {
  return name !== '' && name.length <= longestSymbol
}

const vector: Brackets = evenly({ open: 'c(', close: ')' })
const list: Brackets = evenly({ open: 'list(', close: ')' })
const named: MemberBrackets = evenly({ ...list, lead: remembering((name) => `${tag(name)} = `) })

type Note = (text: string) => void

function scalar(value: Scalar, note: Note): string {
  if (value.kind === 'text') return text(value.value)
  if (value.kind === 'number') return rNumber(value.text, note)
  return value.kind === 'null' ? 'NULL' : value.value ? 'TRUE' : 'FALSE'
}

function notation(note: Note): Notation {
  return {
    scalar: (value) => scalar(value, note),
    isPlain: isHarmless,
    list: (items) => (isUniform(items) ? vector : list),
    object: (entries) => {
      if (entries.length > 0 && entries.every(([name]) => isSymbol(name))) return named
      const names = entries.map(([name]) => text(name))
      const all = names.length === 0 ? 'character(0)' : `c(${names.join(', ')})`
      return { open: 'structure(list(', close: `), names = ${all})`, lead: () => '' }
    },
  }
}

/** R 4 (R Language Definition, 10.3), as IRkernel runs it in a UTF-8 locale. */
export const r: Language = {
  name: 'R',
  aliases: ['r', 'ir', 'gnu r', 'sparkr'],
  kernels: /^(ir|r|xr|ir[0-9._-].*|conda-.*-r|sparkrkernel|(glue|synapse)[-_]sparkr)$/,
  identifiers: {
    // A dot before a digit begins a number; ..1 is an argument.
    ...namesOf('\\p{L}.', '\\p{L}\\p{Nd}._', '\\.\\.?[0-9]'),
    lead: 'X',
    keywords,
    avoided: (name) => needed.has(name),
    fold: nfkc,
  },
  comment: (comment) => `# ${comment}`,
  gap: '  ',
  takesNul: false,
  assign(variable, value) {
    const notes: string[] = []
    const before = `${variable} <- `
    if (isScalar(value)) return { code: before + scalar(value, (text) => notes.push(text)), notes }
    const isTooDeep = depthOf(value) > deepest
    if (isTooDeep) notes.push(`below ${deepest} levels: JSON text`)
    // Of many numbers only what befell them, not which.
    const note = (text: string) => {
      const short = text.replace(/ to .*|^[-0-9].*/, '')
      if (short !== '' && !notes.includes(short)) notes.push(short)
    }
    const own = isTooDeep ? flatten(value, deepest, writeValue) : value
    return { code: before + writeLiteral(own, notation(note), before.length), notes }
  },
  ...rCell,
  effects: rEffects,
}
