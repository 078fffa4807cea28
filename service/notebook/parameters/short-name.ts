/** A name short enough to be told to a person. */
export function shorten(name: string): string {
  const characters = [...name.slice(0, 200)]
  return characters.length > 80 || name.length > 200 ? `${characters.slice(0, 79).join('')}…` : name
}
