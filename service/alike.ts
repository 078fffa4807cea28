const longest = 100
const most = 1000
const mostMistakes = 2

/**
 * The candidate that somebody most likely meant with a name that is none of them: other capitals, or few characters that are
 * missing, too many, other ones or swapped; the fewer, the shorter the name.
 *
 * @param candidates only the first thousand are looked at, and of all names a hundred characters
 * @example findAlike('temprature', ['temperature', 'time']) // temperature
 */
export function findAlike(name: string, candidates: Iterable<string>): string | undefined {
  return alikeAmong(candidates)(name)
}

/** The same for one name after another, of which the candidates are read once. */
export function alikeAmong(candidates: Iterable<string>): (name: string) => string | undefined {
  const folded = Array.from(firstOf(candidates), (candidate) => ({ candidate, text: fold(candidate) }))
  return (name) => {
    if (name.length > longest) return undefined
    const limit = limitFor(name)
    const wanted = fold(name)
    let best: { candidate: string; distance: number } | undefined
    for (const { candidate, text } of folded) {
      if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue
      const distance = distanceOf(wanted, text, limit)
      if (distance <= limit && (best === undefined || distance < best.distance))
        best = { candidate, distance }
    }
    return best?.candidate
  }
}

function* firstOf(candidates: Iterable<string>): Iterable<string> {
  let looked = 0
  for (const candidate of candidates) {
    if (looked++ === most) return
    if (candidate.length <= longest + mostMistakes) yield candidate
  }
}

function limitFor({ length }: string): number {
  return length < 3 ? 0 : length < 6 ? 1 : mostMistakes
}

/** What is told of it: nothing, or a question. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const alike = findAlike(name, candidates)
  return alike === undefined ? '' : `; did you mean ${JSON.stringify(alike)}?`
}

function fold(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_ .]/g, '_')
}

/**
 * Of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), in time linear in the length:
 * what is more than `limit` away from the diagonal is further than that.
 *
 * @returns a number above `limit` for any distance above it
 */
function distanceOf(a: string, b: string, limit: number): number {
  const far = limit + 1
  const width = 2 * limit + 1
  // At `index` of a row is the column `row + index - limit`.
  let before: number[] = []
  let last = Array.from({ length: width }, (_, index) => (index < limit ? far : index - limit))
  for (let row = 1; row <= a.length; row++) {
    const next: number[] = []
    let least = far
    for (let index = 0; index < width; index++) {
      const column = row + index - limit
      let distance = column === 0 ? row : far
      if (column > 0 && column <= b.length) {
        const isSame = a[row - 1] === b[column - 1]
        distance = Math.min(
          (next[index - 1] ?? far) + 1,
          (last[index + 1] ?? far) + 1,
          last[index]! + (isSame ? 0 : 1),
        )
        const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
        if (isSwap) distance = Math.min(distance, before[index]! + 1)
      }
      least = Math.min(least, distance)
      next.push(distance)
    }
    if (least > limit) return far
    ;[before, last] = [last, next]
  }
  return last[b.length - a.length + limit] ?? far
}
