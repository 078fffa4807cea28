import type { Language } from '../languages/language.ts'

/** Which of some names the source text of a value reads. */
export type ReadsOf = (value: string) => readonly string[]

/**
 * Finds which of these names the source text of a value reads. Asked of many values, each different one is read once: a name may be
 * set on thousands of lines, and a line may set thousands of names.
 *
 * @param language of it; one that is not read by a grammar reads nothing
 */
export function createReads(language: Language, names: Pick<ReadonlySet<string>, 'has'>): ReadsOf {
  const known = new Map<string, readonly string[]>()
  return (value) => {
    let reads = known.get(value)
    if (reads === undefined) {
      const effects = language.effects?.(value) ?? []
      const read = effects.flatMap((one) => (one.kind === 'reads' && names.has(one.name) ? [one.name] : []))
      reads = [...new Set(read)]
      known.set(value, reads)
    }
    return reads
  }
}
