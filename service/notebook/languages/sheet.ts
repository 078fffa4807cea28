/**
 * Text that is written piece by piece and may be taken back to a mark. Megabytes of short pieces go through here: as
 * strings that are joined at the end they would all be alive at once, and collecting them took most of the time.
 */
export class Sheet {
  #units = new Uint16Array(256)
  #length = 0

  /** Characters (UTF-16 code units) so far. */
  get length(): number {
    return this.#length
  }

  /** Writes a text, or its characters from `from` to before `to`. */
  write(text: string, from = 0, to = text.length): void {
    const end = this.#length + to - from
    if (end > this.#units.length) this.#grow(end)
    const units = this.#units
    for (let index = from, at = this.#length; index < to; index++, at++) units[at] = text.charCodeAt(index)
    this.#length = end
  }

  /** Forgets all that was written behind `mark`, a length of before. */
  takeBack(mark: number): void {
    this.#length = mark
  }

  text(): string {
    return Buffer.from(this.#units.buffer, 0, this.#length * 2).toString('utf16le')
  }

  #grow(needed: number): void {
    const larger = new Uint16Array(Math.max(needed, 2 * this.#units.length))
    larger.set(this.#units.subarray(0, this.#length))
    this.#units = larger
  }
}
