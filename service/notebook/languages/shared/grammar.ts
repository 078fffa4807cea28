import type { LRParser } from '@lezer/lr'
import { onDemand } from '../../on-demand.ts'

/** The parser of a Lezer grammar. */
export function grammar(name: string): () => LRParser {
  const read = onDemand<{ readonly parser: LRParser }>(name)
  return () => read().parser
}
