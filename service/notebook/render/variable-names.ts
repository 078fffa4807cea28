import type { Identifiers } from '../languages/language.ts'

// No one reads longer ones, and R takes none beyond 10,000 bytes.
const longest = 1000

/** Hands out names: none twice, none that must not be set. */
export interface Naming {
  /** The variable of each name sent, in their order. */
  readonly variables: readonly string[]
  /** One more, that belongs to a variable: `x_length`, or `x_length_2` when that is taken. */
  companion(name: string): string
}

/**
 * The variables for the names sent (DESIGN 2.3). A valid name keeps itself, and comes first; the others are mapped
 * and then numbered `_2`, `_3` on a clash, compared as the language compares them.
 *
 * @param sent each once
 * @param declared folded names that the template's own `parameters` cell sets: they may be set again, whatever they are
 */
export function nameVariables(
  sent: readonly string[],
  of: Identifiers,
  declared: Pick<ReadonlySet<string>, 'has'>,
): Naming {
  // Looked up once, not for each of a hundred thousand names.
  const { fold, keywords, avoided, valid, longest: limit = longest } = of
  const taken = takenNames()
  const numbers = new Map<string, number>()
  const forbidden = (name: string, folded = fold(name)) =>
    keywords.has(folded) || (!declared.has(folded) && avoided(folded))

  function take(name: string): boolean {
    const folded = fold(name)
    return !forbidden(name, folded) && taken.add(folded)
  }

  function numbered(base: string): string {
    if (take(base)) return base
    // In C all names are reserved that begin as `__2` does.
    const stem = forbidden(`${base}_2`) ? `p${base}` : base
    // One count for all spellings of a name: a hundred thousand that are one when folded must not each begin at 2.
    const folded = fold(stem)
    for (let number = numbers.get(folded) ?? 2; ; number++) {
      const name = `${stem}_${number}`
      if (!take(name)) continue
      numbers.set(folded, number + 1)
      return name
    }
  }

  const kept = sent.map((name) => {
    if (name.length > limit || !valid.test(name)) return undefined
    const folded = fold(name)
    if (forbidden(name, folded)) return undefined
    return (folded === name ? taken.addOwn(name) : taken.add(folded)) ? name : undefined
  })
  const variables = kept.map((name, index) => name ?? numbered(mapped(sent[index]!, of, forbidden)))
  return { variables, companion: numbered }
}

/**
 * The folded names that are taken. Those sent are all different, so a name that is its own folded form can only clash with
 * one that was folded: a hundred thousand of them go into no set until there is such a one.
 */
function takenNames() {
  const own: string[] = []
  let all: Set<string> | undefined
  /** False when it is taken. */
  const add = (folded: string) => {
    all ??= new Set(own)
    return all.size < all.add(folded).size
  }
  const addOwn = (name: string) => (all === undefined ? own.push(name) > 0 : add(name))
  return { add, addOwn }
}

/** An identifier that looks like the name sent: `a-b` → `a_b`, `class` → `class_`, `2nd` → `_2nd`. */
function mapped(sent: string, of: Identifiers, forbidden: (name: string) => boolean): string {
  // Room for what is put before it, a `_` and a number.
  const short = sent.slice(0, (of.longest ?? longest) - 10)
  let name = short.replace(/\p{Surrogate}/gu, '').replace(of.wrong, '_')
  if (!of.valid.test(name)) name = of.lead + name
  if (!forbidden(name)) return name
  return forbidden(`${name}_`) ? `p${name}` : `${name}_`
}
