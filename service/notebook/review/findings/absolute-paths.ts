import type { Review } from '../reviewed.ts'

/** What opens a quote that holds a path, its prefix before it, and what is in it. */
const quoted = /([a-zA-Z@$]{0,2})(["'`])((?:[A-Za-z]:[\\/]|\\\\|\/|file:\/)[^"'`\r\n]*)\2/g

/** Folders that hold somebody's own files: each machine has others in them. */
const roots = /^\/(?:home|Users|root|mnt|media|Volumes|srv|opt|var|tmp|scratch)\/[^/\s]/
/** Any folder, and a file's name with an ending. HDF5 and web addresses have paths too, but rarely such. */
const file = /^\/(?:[^/\s][^/]*\/)+[^/]*[^/.]\.[A-Za-z][A-Za-z0-9]{0,4}$/
const drive = /^[A-Za-z]:[\\/]+[^\\/\s]/
const fileUrl = /^file:\/+[^/\s]/
/** `\\server\share`, each backslash twice; in a raw text they stand as they are. */
const share = /^\\{4}[\w.-]+\\\\[\w.$-]/
const rawShare = /^\\\\[\w.-]+\\[\w.$-]/

/** A line that is only a comment, in any of the languages. */
const comment = /^\s*(?:#|\/\/|\/?\*|%|--)/

export const absolutePaths: Review<'absolute-path'> = {
  codes: { 'absolute-path': 'warning' },
  find({ cells }) {
    return cells
      .filter(({ type }) => type === 'code')
      .flatMap(({ number, source }) =>
        findAbsolutePaths(source).map(({ path, line }) => ({
          code: 'absolute-path',
          cell: number,
          line,
          message: `it has the absolute path ${JSON.stringify(path.length > 100 ? `${path.slice(0, 99)}…` : path)}`,
          remedy: 'Use a path that begins at the folder of the notebook: other machines have other folders.',
        })),
      )
  },
}

export interface AbsolutePath {
  readonly path: string
  /** In the source, from 1. */
  readonly line: number
}

/**
 * The absolute paths in a code cell's source: texts in quotes that begin as one, outside of lines that are comments.
 * Each once, in the order of their first places; in time linear in the source's size.
 */
export function findAbsolutePaths(source: string): readonly AbsolutePath[] {
  const found = new Map<string, number>()
  for (const [index, line] of source.split(/\r\n|\r|\n/).entries()) {
    if (comment.test(line)) continue
    for (const [, prefix = '', , text = ''] of line.matchAll(quoted)) {
      const isRaw = /[rR@]/.test(prefix)
      const isAbsolute = [roots, file, drive, fileUrl, isRaw ? rawShare : share].some((kind) =>
        kind.test(text),
      )
      if (isAbsolute && !found.has(text)) found.set(text, index + 1)
    }
  }
  return Array.from(found, ([path, line]) => ({ path, line }))
}
