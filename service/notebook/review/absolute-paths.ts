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

/**
 * The absolute paths in a code cell's source: texts in quotes that begin as one, outside of lines that are comments.
 * Each once, in the order of their first places; in time linear in the source's size.
 */
export function findAbsolutePaths(source: string): readonly string[] {
  const found = new Set<string>()
  for (const line of source.split(/\r\n|\r|\n/)) {
    if (comment.test(line)) continue
    for (const [, prefix = '', , text = ''] of line.matchAll(quoted)) {
      const isRaw = /[rR@]/.test(prefix)
      if ([roots, file, drive, fileUrl, isRaw ? rawShare : share].some((kind) => kind.test(text)))
        found.add(text)
    }
  }
  return [...found]
}
