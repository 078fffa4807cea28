/** What the frame around every page shows. */
export interface PageFrame {
  /** Name of the user who is logged in, for the header; undefined: nobody, or download mode. */
  readonly user?: string | undefined
}

/** A template as the pages name it. */
export interface ShownTemplate {
  readonly title: string
  readonly path: string
  /** The language as the template names it ('' when it does not). */
  readonly language: string
  /** False: the language is not in our table, so the parameters go in as JSON text in a raw cell. */
  readonly languageKnown: boolean
}

/** A form that posts to our own page: the confirmation, *Try again*, or cancelling. */
export interface OwnForm {
  /** Path to post to: `<prefix>confirm/<id>`, `<prefix>progress/<id>/cancel`. */
  readonly action: string
  /** Goes in as the hidden field `csrf`. */
  readonly csrf: string
  /** The server that it is for, as the field `server`. */
  readonly server?: string | undefined
}
