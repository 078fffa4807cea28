/** Every character of Unicode, surrogates aside, in order. */
export function everyCharacter(options: { nul: boolean }): string[] {
  const characters: string[] = []
  for (let code = options.nul ? 0 : 1; code <= 0x10ffff; code++)
    if (code < 0xd800 || code > 0xdfff) characters.push(String.fromCodePoint(code))
  return characters
}

/** A list in pieces of so many items. */
export function inPieces<Item>(all: readonly Item[], size: number): Item[][] {
  const pieces: Item[][] = []
  for (let from = 0; from < all.length; from += size) pieces.push(all.slice(from, from + size))
  return pieces
}
