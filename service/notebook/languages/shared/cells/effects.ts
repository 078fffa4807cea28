import type { SyntaxNode } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import { parseStrictly, unlessTooDeep } from './cell-chunks.ts'

/** One thing that a cell does with names of the notebook, in the order in which it runs. `line` counts from 1. */
export type Effect =
  /** `inner`: in the body of a function or a class, which runs later or never. */
  | { readonly kind: 'reads'; readonly name: string; readonly inner: boolean }
  /** `plain`: an assignment at the top level that runs whenever the cell does. */
  | { readonly kind: 'sets'; readonly name: string; readonly line: number; readonly plain: boolean }
  /** May read any name, or set any, or both: `eval(…)`, `from x import *`, `exec(…)`. */
  | { readonly kind: 'anything'; readonly line: number; readonly reads: boolean; readonly sets: boolean }

interface Scope {
  /** It runs later or never. */
  readonly inner: boolean
  /** What is assigned in it belongs to it. */
  readonly holds: boolean
  /** What is bound anywhere in it is bound everywhere in it, before as well. */
  readonly hoists: boolean
  /** How many conditions there are around it. */
  readonly conditions: number
  readonly bound: Set<string>
  /** Names that it says belong to an outer scope. */
  readonly outer: Set<string>
  readonly start: number
}

// Each scope looks at the effects in it once more, so that what nests deeper would take long.
const deepest = 60

/** Collects the effects of one cell while its tree is visited. */
export class Effects {
  readonly all: Effect[] = []
  readonly #text: string
  readonly #scopes: Scope[] = []
  #conditions = 0
  #tests = 0
  #lineStarts: readonly number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  source(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to)
  }

  /** The line that a node begins on. */
  lineOf({ from }: SyntaxNode): number {
    this.#lineStarts ??= lineStartsOf(this.#text)
    let [line, next] = [0, this.#lineStarts.length]
    while (next - line > 1) {
      const middle = (line + next) >> 1
      if (this.#lineStarts[middle]! <= from) line = middle
      else next = middle
    }
    return line + 1
  }

  reads(name: string): void {
    this.all.push({ kind: 'reads', name, inner: this.#scopes.some(({ inner }) => inner) })
  }

  /** @param plain false for what sets a name by other means than an assignment, such as `import` and `def` */
  sets(name: string, node: SyntaxNode, plain = true): void {
    const holder = this.#scopes.findLast(({ holds }) => holds)
    if (holder !== undefined && !holder.outer.has(name)) {
      if (holder.hoists || holder.conditions === this.#conditions) holder.bound.add(name)
      return
    }
    const unconditional = plain && this.#conditions === 0 && holder === undefined
    this.all.push({ kind: 'sets', name, line: this.lineOf(node), plain: unconditional })
  }

  /** As `sets`, of a name that belongs to the innermost scope, whatever its kind. */
  binds(name: string, node: SyntaxNode): void {
    const scope = this.#scopes.at(-1)
    if (scope === undefined) this.sets(name, node)
    else scope.bound.add(name)
  }

  /** An assignment to a name that an outer scope may hold. */
  assigns(name: string, node: SyntaxNode): void {
    const plain = this.#conditions === 0 && !this.#scopes.some(({ holds }) => holds)
    this.all.push({ kind: 'sets', name, line: this.lineOf(node), plain })
  }

  isBound(name: string): boolean {
    return this.#scopes.some(({ bound }) => bound.has(name))
  }

  /** The name belongs to a scope outside of this function: `global x`. */
  declaresOuter(name: string): void {
    this.#scopes.findLast(({ holds }) => holds)?.outer.add(name)
  }

  anything(node: SyntaxNode, sets: boolean, reads = true): void {
    this.all.push({ kind: 'anything', line: this.lineOf(node), reads, sets })
  }

  /** What is visited within may not run. */
  conditionally(visit: () => void): void {
    this.#conditions++
    visit()
    this.#conditions--
  }

  /** A condition, or what else may name variables in quotes: `if 'x' not in globals()`. */
  test(visit: () => void): void {
    this.#tests++
    visit()
    this.#tests--
  }

  /** A text in a test that is a name reads it. */
  quoted(text: string): void {
    if (this.#tests > 0 && /^[\p{L}_.][\p{L}\p{Nd}_.]{0,200}$/u.test(text)) this.reads(text)
  }

  /** A scope; what is bound in it is nobody else's. */
  scope(
    { inner, holds, hoists = true }: { inner: boolean; holds: boolean; hoists?: boolean },
    visit: () => void,
  ): void {
    if (this.#scopes.length === deepest) throw new RangeError('scopes nest too deep')
    const scope: Scope = {
      inner,
      holds,
      hoists,
      conditions: this.#conditions,
      bound: new Set(),
      outer: new Set(),
      start: this.all.length,
    }
    this.#scopes.push(scope)
    visit()
    this.#scopes.pop()
    const { start, bound, outer } = scope
    if (bound.size === 0 || !hoists) return
    const within = this.all.splice(start)
    for (const effect of within) {
      if (effect.kind === 'anything' || !bound.has(effect.name) || outer.has(effect.name))
        this.all.push(effect)
    }
  }
}

/** The offset at which each line begins. */
function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Visits a node and what is in it. */
export type VisitNode = (node: SyntaxNode, effects: Effects) => void

export function visitChildren(node: SyntaxNode, effects: Effects, visit: VisitNode): void {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child, effects)
}

// Longer cells hold data, and no one reads them.
const longest = 50_000
// Several times what a long cell takes. Some grammars take time that grows with the square of how deep a source nests.
const longest_ms = 1000

/** Whether a cell is too long to be read, to be asked before anything else is done with it. */
export function isTooLong(source: string): boolean {
  return source.length > longest
}

/**
 * Reads what a cell does, by a grammar, in time linear in its length.
 *
 * @param text the cell's source, made legible for the grammar line by line
 * @returns undefined: it is too long, too deep, takes too long, or is not the language's
 */
export function readEffects(text: string, parser: LRParser, visit: VisitNode): readonly Effect[] | undefined {
  if (isTooLong(text)) return undefined
  return unlessTooDeep(() => {
    const effects = new Effects(text)
    const end = performance.now() + longest_ms
    const { tree } = parseStrictly(parser, `${text}\n`, () => performance.now() < end)
    if (tree === undefined) return undefined
    visit(tree.topNode, effects)
    return effects.all
  })
}

/** A parser that throws a SyntaxError at what its language does not take; made when it is first used. */
export function strictly(parser: () => LRParser): () => LRParser {
  let strict: LRParser | undefined
  return () => {
    strict ??= parser().configure({ strict: true })
    return strict
  }
}
