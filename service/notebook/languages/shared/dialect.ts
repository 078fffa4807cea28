import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import type { LRParser } from '@lezer/lr'
import type { Value } from '../../parameters/value.ts'

/** One name that a statement sets. */
export interface Assigned {
  readonly name: string
  readonly text: boolean
  readonly type?: string | undefined
  /** Source text of what it is set to. */
  readonly default?: string | undefined
  /** The same as JSON has it, where it is a literal. */
  readonly value?: Value | undefined
}

/** The source of a node. */
export type SourceOf = (node: SyntaxNode) => string

/** What is particular to one language. */
export interface Dialect {
  parser(): LRParser
  /** What one statement at the top level sets by plain assignment; nothing when it is anything else. */
  assigned(statement: SyntaxNode, source: SourceOf): readonly Assigned[]
  /** Nodes whose children are statements of the top level, too. */
  readonly groups?: readonly string[]
  /** A comment without its marks; a type that it gives instead of help. */
  comment(text: string): { readonly help: string; readonly type?: string }
  /** The same source, character by character, with what the grammar misreads written otherwise. */
  prepare?(source: string): string
  /** Whether a node is wrong that the grammar lets pass, such as a text that is not closed. */
  isFlawed?(node: SyntaxNodeRef, source: string): boolean
  /** A line that is no code but means something to the kernel; it is passed over. */
  readonly foreign?: RegExp
}
