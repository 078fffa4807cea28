/**
 * Text that is written piece by piece and may be taken back to a mark. Megabytes of short pieces go through here: as
 * strings that are joined at the end they would all be alive at once, and collecting them took most of the time.
 */
export class Sheet {
  // A byte for each character until one comes that needs two: most texts do with half the memory.
  #narrow: Uint8Array<ArrayBuffer> = new Uint8Array(256)
  #wide: Uint16Array<ArrayBuffer> | undefined
  #length = 0

  /** Characters (UTF-16 code units) so far. */
  get length(): number {
    return this.#length
  }

  /** Writes a text, or its characters from `from` to before `to`. */
  write(text: string, from = 0, to = text.length): void {
    const start = this.#wide === undefined ? this.#writeNarrow(text, from, to) : from
    if (start < to) this.#writeWide(text, start, to)
  }

  /** Forgets all that was written behind `mark`, a length of before. */
  takeBack(mark: number): void {
    this.#length = mark
  }

  text(): string {
    return this.#wide === undefined
      ? Buffer.from(this.#narrow.buffer, 0, this.#length).toString('latin1')
      : Buffer.from(this.#wide.buffer, 0, this.#length * 2).toString('utf16le')
  }

  /** Gives the index of the first character in the text that needs two bytes, or `to`. */
  #writeNarrow(text: string, from: number, to: number): number {
    const end = this.#length + to - from
    if (end > this.#narrow.length) this.#narrow = copy(this.#narrow, unfilled(2 * end))
    const units = this.#narrow
    let at = this.#length
    let index = from
    for (; index < to; index++) {
      const unit = text.charCodeAt(index)
      if (unit > 0xff) break
      units[at++] = unit
    }
    this.#length = at
    return index
  }

  #writeWide(text: string, from: number, to: number): void {
    const end = this.#length + to - from
    const before = this.#wide ?? this.#narrow.subarray(0, this.#length)
    if (before !== this.#wide || end > before.length)
      this.#wide = copy(before, new Uint16Array(unfilled(4 * end).buffer))
    const units = this.#wide!
    let at = this.#length
    for (let index = from; index < to; index++) units[at++] = text.charCodeAt(index)
    this.#length = at
  }
}

/** Not filled with zeros: nothing is read that was not written. */
function unfilled(length: number): Uint8Array<ArrayBuffer> {
  return Buffer.allocUnsafeSlow(length)
}

function copy<To extends Uint8Array | Uint16Array>(from: Uint8Array | Uint16Array, to: To): To {
  to.set(from)
  return to
}
