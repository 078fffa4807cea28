/** How much of a notebook is looked at and shown. What is more is cut, with a note that says so. */
export const limits = {
  /** Of the part that is shown at once, and of each further one: cells, and bytes of their JSON (the first cell always). */
  firstPart: { cells: 100, bytes: 384 * 1024 },
  furtherPart: { cells: 400, bytes: 2 ** 21 },
  /** Characters of HTML after which a part ends, and the time after which it does, in milliseconds. */
  partHtml: 2 ** 22,
  part_ms: 6000,
  /** Bytes of the JSON of a cell: a larger one is only named. */
  cellBytes: 32 * 2 ** 20,
  /** Bytes of memory that its JSON may come to (weigh.ts), far less than its thread has: else it is only named. */
  cellMemory: 2 ** 27,
  /** The longest that a cell may take, in milliseconds: then it is only named. */
  cell_ms: 4000,
  /** Characters. */
  source: 100_000,
  highlighted: 60_000,
  text: 40_000,
  html: 150_000,
  formula: 4000,
  /** Of a cell: how many, and their characters together. */
  formulas: { most: 400, characters: 20_000 },
  /** Characters of an image as base64, and of all images of a cell. */
  image: 4_000_000,
  images: 8_000_000,
  /** Width times height: a browser needs four bytes for each. */
  pixels: 40_000_000,
  /** Of a cell: how many, and the characters of their texts together. */
  outputs: { most: 50, characters: 400_000 },
} as const
