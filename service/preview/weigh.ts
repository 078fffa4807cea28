import {
  backslash,
  colon,
  comma,
  listClose,
  listOpen,
  objectClose,
  objectOpen,
  quote,
} from '../notebook/json/index.ts'

/** A member of a list or object, its name or itself: measured on Node 20, 22 and 24, with a class of its own for each object. */
const partBytes = 64
/** What it is indented by when it is written out, for each level. */
const indentBytes = 2

/**
 * About how many bytes of memory JSON comes to beside its texts, when it is read and written out again: `{}` is two bytes
 * long, and takes sixty. What a thread asks for while it reads cannot be broken off, and V8 ends the whole process when it
 * is far more than there is, so this is known before.
 */
export function weighJson(json: Uint8Array): number {
  let depth = 0
  let weight = 0
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = endOfText(json, at)
        break
      case listOpen:
      case objectOpen:
        depth++
        weight += partBytes + indentBytes * depth
        break
      case comma:
      case colon:
        weight += partBytes + indentBytes * depth
        break
      case listClose:
      case objectClose:
        depth--
    }
  }
  return weight
}

/** @returns the offset of the closing quote */
function endOfText(json: Uint8Array, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1
  return at
}
