import { TemplateFault } from '../template-fault.ts'
import { createJsonBytes } from './bytes.ts'
import { colon, comma, listClose, listOpen, minus, objectClose, objectOpen, quote } from './characters.ts'
import { positionOfByte } from './position.ts'

/**
 * Passes over the values of a JSON file. Each function takes the offset of a value's first byte, and how many objects
 * and lists are around it, and gives the offset after its last byte.
 */
export interface Scan {
  /** Over any value. */
  pass(at: number, depth: number): number
  /** Over an object, its members' values by `member`. */
  object(at: number, depth: number, member: PassMember): number
  /** Over a list, its items by `item`. */
  list(at: number, depth: number, item: PassItem): number
  /** Over white space; it and the rest of the file is all that may follow the last value. */
  space(at: number): number
  /** Nothing may follow. */
  end(at: number): void
}

/** `nameFrom` and `nameTo` are around the name, its quotes included. */
export type PassMember = (at: number, depth: number, nameFrom: number, nameTo: number) => number
export type PassItem = (at: number, depth: number, index: number) => number

/** Python's recursion ends nbformat's reading at 490 levels, and in a server, which is deep in calls already, before. */
const deepest = 300

/**
 * @param bytes the file, already known to be UTF-8
 * @param start where its JSON begins (after a byte-order mark)
 * @param cell the number of the cell that is read, for faults
 * @throws TemplateFault, as all of its functions do, where the file is not strict JSON or nests too deep
 */
export function createScan(bytes: Uint8Array, start: number, cell: () => number | undefined): Scan {
  const { space, text, number, word } = createJsonBytes(bytes, broken)

  function broken(offset: number, why?: string): TemplateFault {
    const { line, column } = positionOfByte(bytes, start, offset)
    const reason = `it is not valid JSON (line ${line}, column ${column})`
    const said = isNoNumber(offset)
      ? 'JSON has no NaN and no Infinity: clear the outputs, or write null'
      : why
    return new TemplateFault(said === undefined ? reason : `${reason}: ${said}`, cell())
  }

  function pass(at: number, depth: number): number {
    switch (bytes[at]) {
      case quote:
        return text(at)
      case objectOpen:
        return object(at, depth, pass)
      case listOpen:
        return list(at, depth, pass)
      case 0x6e:
        return word(at, 'null')
      case 0x74:
        return word(at, 'true')
      case 0x66:
        return word(at, 'false')
      default:
        return number(at)
    }
  }

  /** What Python's json writes of such a number, and JupyterLab cannot open. */
  function isNoNumber(at: number): boolean {
    const from = bytes[at] === minus ? at + 1 : at
    return ['NaN', 'Infinity'].some((word) =>
      Buffer.from(word).equals(bytes.subarray(from, from + word.length)),
    )
  }

  function object(from: number, depth: number, member: PassMember): number {
    checkDepth(depth)
    let at = space(from + 1)
    if (bytes[at] === objectClose) return at + 1
    for (;;) {
      if (bytes[at] !== quote) throw broken(at)
      const nameTo = text(at)
      const behind = space(nameTo)
      if (bytes[behind] !== colon) throw broken(behind)
      at = space(member(space(behind + 1), depth + 1, at, nameTo))
      if (bytes[at] === objectClose) return at + 1
      if (bytes[at] !== comma) throw broken(at)
      at = space(at + 1)
    }
  }

  function list(from: number, depth: number, item: PassItem): number {
    checkDepth(depth)
    let at = space(from + 1)
    if (bytes[at] === listClose) return at + 1
    for (let index = 0; ; index++) {
      at = space(item(at, depth + 1, index))
      if (bytes[at] === listClose) return at + 1
      if (bytes[at] !== comma) throw broken(at)
      at = space(at + 1)
    }
  }

  function checkDepth(depth: number): void {
    if (depth >= deepest) throw new TemplateFault(`it nests deeper than ${deepest} levels`, cell())
  }

  function end(at: number): void {
    const behind = space(at)
    if (behind < bytes.length) throw broken(behind)
  }

  return { pass, object, list, space, end }
}
