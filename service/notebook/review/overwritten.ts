import { createWalk, type Walk } from '../json/walk.ts'
import type { Language } from '../languages/language.ts'
import type { Effect } from '../languages/shared/cells/effects.ts'
import { sourceText } from '../template/cells.ts'
import type { CompiledTemplate } from '../template/compile.ts'

/** A line of the template that sets a name which was set by the new cell. */
export interface SetAgain {
  /** The cell's number in the template, from 1. */
  readonly cell: number
  /** In the cell, from 1. */
  readonly line: number
  /** The line as it stands there, without the space around it; cut short. */
  readonly code: string
}

/** What the cells after the place of the new cell do with the names that it may set. Names are folded as the language compares them. */
export interface Overwritten {
  /** The value is lost before anything reads it. */
  readonly certain: ReadonlyMap<string, SetAgain>
  /** It may be lost. */
  readonly possible: ReadonlyMap<string, SetAgain>
  /** What may set any name at all, such as `exec(…)` and `from x import *`; the first in each cell. */
  readonly anything: readonly SetAgain[]
}

const nothing: Overwritten = { certain: new Map(), possible: new Map(), anything: [] }

// A template of this much code has a module in it. What comes later is not looked at.
const mostCode = 200_000
const longest_ms = 2000
const mostNames = 2000
const longestCode = 80

/**
 * Which names the template sets again, in time linear in its size. Only the languages that are read by a grammar are
 * known; a cell that cannot be read may do anything, so that nothing after it is certain. After two seconds no more cells are looked at.
 *
 * @param bytes the file that was compiled
 */
export function findOverwritten(bytes: Uint8Array, compiled: CompiledTemplate): Overwritten {
  const { language, notebookLanguage, cellBounds, places } = compiled
  // A new cell in a language of its own sets nothing that the other cells set.
  if (language?.effects === undefined || language !== notebookLanguage) return nothing
  const found = new Finder(language)
  const walk = createWalk(bytes, places.start, () => undefined)
  const end = performance.now() + longest_ms
  let code = 0
  for (let index = 0; 2 * index < cellBounds.length; index++) {
    const from = cellBounds[2 * index]!
    if (places.cell.from <= from && from < places.cell.to) continue
    const source = codeAt(walk, from, cellBounds[2 * index + 1]!)
    if (source === undefined) continue
    code += source.length
    if (code > mostCode || performance.now() > end) break
    const effects = language.effects(source)
    if (from < places.cell.from) found.before(effects ?? [])
    else found.cell(index + 1, source, effects)
  }
  return found
}

/** The source of the cell at these bytes; `undefined` of a cell that is not run. */
function codeAt(walk: Walk, from: number, to: number): string | undefined {
  let type: unknown
  let source = ''
  walk.goTo({ kind: 'object', from, to })
  walk.object((name) => {
    const span = walk.skip()
    if (name === 'cell_type') type = walk.parse(span)
    if (name === 'source') source = sourceText(walk, span)
  })
  return type === 'code' ? source : undefined
}

class Finder implements Overwritten {
  readonly certain = new Map<string, SetAgain>()
  readonly possible = new Map<string, SetAgain>()
  readonly anything: SetAgain[] = []
  readonly #fold: (name: string) => string
  /** Names that were read, or are certainly lost: what happens to them later is the template's own business. */
  readonly #done = new Set<string>()
  /** Names that are read in the body of a function, which may have run. */
  readonly #perhapsRead = new Set<string>()
  #isDoubtful = false

  constructor({ identifiers }: Language) {
    this.#fold = identifiers.fold
  }

  /** Functions of the cells before may be called by those after. */
  before(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'reads' && effect.inner) this.#perhapsRead.add(this.#fold(effect.name))
    }
  }

  cell(cell: number, source: string, effects: readonly Effect[] | undefined): void {
    if (effects === undefined) {
      this.#isDoubtful = true
      return
    }
    const lines = source.split('\n')
    // A line may set thousands of names.
    const places = new Map<number, SetAgain>()
    const at = (line: number): SetAgain => {
      const place = places.get(line) ?? { cell, line, code: shown(lines[line - 1] ?? '') }
      places.set(line, place)
      return place
    }
    for (const effect of effects) {
      if (effect.kind === 'anything') this.#anything(effect, at(effect.line))
      else {
        const name = this.#fold(effect.name)
        if (this.#done.has(name)) continue
        if (effect.kind === 'sets') this.#set(name, effect.plain, at(effect.line))
        else if (effect.inner) this.#perhapsRead.add(name)
        else this.#done.add(name)
      }
    }
  }

  #anything({ reads, sets }: { reads: boolean; sets: boolean }, place: SetAgain): void {
    if (reads) this.#isDoubtful = true
    if (sets && this.anything.at(-1)?.cell !== place.cell && this.anything.length < mostNames)
      this.anything.push(place)
  }

  #set(name: string, plain: boolean, place: SetAgain): void {
    const isCertain = plain && !this.#isDoubtful && !this.#perhapsRead.has(name)
    if (plain) this.#done.add(name)
    const found = isCertain ? this.certain : this.possible
    if (!found.has(name) && found.size < mostNames) found.set(name, place)
  }
}

function shown(line: string): string {
  const text = line.trim().replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, ' ')
  return text.length > longestCode ? `${text.slice(0, longestCode - 1)}…` : text
}
