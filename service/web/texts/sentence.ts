/**
 * A sentence with `{name}` places, or several of them: the first one whose places can all be filled is used, so
 * that a fault which knows less still gets a whole sentence. The last one should need nothing.
 */
export type Sentence = string | readonly [string, ...string[]]
