/**
 * Why a file cannot be a template, for the staff who wrote it: an English sentence part, such as
 * `it is not valid JSON (line 3, column 7)`, and the number of the cell, counted from 1, where there is one.
 */
export class TemplateFault extends Error {
  readonly reason: string
  readonly cell: number | undefined

  constructor(reason: string, cell?: number) {
    super(cell === undefined ? reason : `cell ${cell}: ${reason}`)
    this.name = 'TemplateFault'
    this.reason = reason
    this.cell = cell
  }
}
