type Narrow = Uint8Array<ArrayBuffer>
type Wide = Uint16Array<ArrayBuffer>

// As soon as there is so much for good, it becomes a string, and its room is used again.
const large = 2 ** 18
const usual = 2 ** 19
// Most sheets are filled one after the other: the next one takes the room of the last.
let spare: Narrow | undefined
const none: Narrow = new Uint8Array(0)

/**
 * Text that is written piece by piece and may be taken back to a mark. Megabytes of short pieces go through here: as
 * strings that are joined at the end they would all be alive at once, and collecting them took most of the time.
 */
export class Sheet {
  // A byte for each character until one comes that needs two: most texts do with half the memory.
  #narrow: Narrow = spare ?? none
  #wide: Wide | undefined
  #at = 0
  #settled = ''

  constructor() {
    spare = undefined
  }

  /** Characters (UTF-16 code units) so far. */
  get length(): number {
    return this.#settled.length + this.#at
  }

  /** Writes a text, or its characters from `from` to before `to`. */
  write(text: string, from = 0, to = text.length): void {
    if (this.#wide !== undefined || !this.#writeNarrow(text, from, to)) this.#writeWide(text, from, to)
  }

  /** Forgets all that was written after `mark`, a length of before. */
  takeBack(mark: number): void {
    this.#at = mark - this.#settled.length
  }

  /** Nothing that was written so far will be taken back. */
  settle(): void {
    if (this.#at > large) this.#settle()
  }

  /** All that was written; the sheet is empty then. */
  text(): string {
    this.#settle()
    const text = this.#settled
    if (this.#narrow.length === usual) spare = this.#narrow
    this.#narrow = none
    this.#settled = ''
    return text
  }

  #settle(): void {
    this.#settled +=
      this.#wide === undefined
        ? Buffer.from(this.#narrow.buffer, 0, this.#at).toString('latin1')
        : Buffer.from(this.#wide.buffer, 0, this.#at * 2).toString('utf16le')
    this.#at = 0
  }

  #narrowRoom(more: number): Narrow {
    const end = this.#at + more
    if (end > this.#narrow.length) this.#narrow = copy(this.#narrow, unfilled(Math.max(usual, 2 * end)))
    return this.#narrow
  }

  /** False, with nothing written, when a character needs two bytes. */
  #writeNarrow(text: string, from: number, to: number): boolean {
    const units = this.#narrowRoom(to - from)
    let at = this.#at
    let all = 0
    for (let index = from; index < to; index++) {
      const unit = text.charCodeAt(index)
      all |= unit
      units[at++] = unit
    }
    if (all > 0xff) return false
    this.#at = at
    return true
  }

  #writeWide(text: string, from: number, to: number): void {
    const end = this.#at + to - from
    const before = this.#wide ?? this.#narrow.subarray(0, this.#at)
    if (before !== this.#wide || end > before.length)
      this.#wide = copy(before, new Uint16Array(unfilled(4 * Math.max(usual, end)).buffer))
    const units = this.#wide!
    let at = this.#at
    for (let index = from; index < to; index++) units[at++] = text.charCodeAt(index)
    this.#at = at
  }
}

/** Not filled with zeros: nothing is read that was not written. */
function unfilled(length: number): Narrow {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
}

function copy<To extends Narrow | Wide>(from: Narrow | Wide, to: To): To {
  to.set(from)
  return to
}
