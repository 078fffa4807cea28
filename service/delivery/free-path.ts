import type { Contents, Place } from '../hub/contents.ts'
import { pathIn, type WantedFile } from '../notebook/file-name.ts'

/** So many names are looked at one by one, before the folder is listed. */
const singleLooks = 4

/**
 * The first of a file's wanted paths where nothing is. True only as long as nobody else writes: the caller holds the
 * folder's lease.
 *
 * @throws what `Contents.look` and `Contents.list` throw
 */
export async function findFreePath(contents: Contents, place: Place, wanted: WantedFile): Promise<string> {
  let taken: ReadonlySet<string> = new Set()
  for (let copy = 1; ; copy++) {
    if (copy === singleLooks + 1) taken = await contents.list(place, wanted.folder)
    const name = wanted.name(copy)
    if (taken.has(name)) continue
    const path = pathIn(wanted.folder, name)
    // A list leaves out hidden names and broken links, so that it alone proves nothing.
    if ((await contents.look(place, path)) === undefined) return path
  }
}
