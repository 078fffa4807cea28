import { Fault } from '../fault.ts'
import type { Contents, UserServer } from '../hub/files/contents.ts'
import { pathIn, type WantedFile } from '../notebook/index.ts'

/** So many names are looked at one by one, before the folder is listed. */
const singleLooks = 4

/** So many names that a list leaves out may be taken all the same. A server that calls every name taken has no end. */
const mostLooks = 100

/**
 * The first of a file's wanted paths where nothing is. True only as long as nobody else writes: the caller holds the
 * folder's lease.
 *
 * @throws Fault 11 odd-answer; what `Contents.look` and `Contents.list` throw
 */
export async function findFreePath(
  contents: Contents,
  server: UserServer,
  wanted: WantedFile,
): Promise<string> {
  let taken: ReadonlySet<string> = new Set()
  for (let copy = 1, looks = 0; looks < mostLooks; copy++) {
    if (copy === singleLooks + 1) taken = await contents.list(server, wanted.folder)
    const name = wanted.name(copy)
    if (taken.has(name)) continue
    const path = pathIn(wanted.folder, name)
    // A list leaves out hidden names and broken links, so that it alone proves nothing.
    looks++
    if ((await contents.look(server, path)) === undefined) return path
  }
  throw new Fault(11, 'odd-answer')
}
