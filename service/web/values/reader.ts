import type { Texts } from '../texts/index.ts'

/** Who reads the page, and how much more of it may be unfolded. */
export interface Reader {
  readonly texts: Texts
  readonly locale: string
  /** Parts that the page may still have. */
  readonly room: { left: number }
  /** The user's, where the notebook gets translated texts in one of them; undefined: as they were sent. */
  readonly languages: readonly string[] | undefined
  /** Whether that is so of the texts within a value, too. */
  readonly deep: boolean
}
