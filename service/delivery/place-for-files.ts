import { Fault } from '../fault.ts'
import type { Contents, UserServer } from '../hub/files/contents.ts'
import { pathIn, type WantedFile } from '../notebook/index.ts'
import type { FileToWrite } from './delivery.ts'

/** So many folders are looked at. A server that has something else in every one has no end. */
const mostPlaces = 100

/** Where a notebook goes together with its files. */
export interface PlaceForFiles {
  readonly wanted: WantedFile
  /** Those that are not there yet. */
  readonly missing: readonly FileToWrite[]
}

/**
 * The first folder in which each of the files is missing or has the same bytes: the wanted one, else `<name> (2)` in it,
 * `<name> (3)`, … for all of them and the notebook together. True only as long as nobody else writes: the caller holds the
 * folder's lease, and has made the folder.
 *
 * @throws Fault 11 odd-answer; what `Contents.look` and `Contents.stateOfFile` throw
 */
export async function findPlaceForFiles(
  contents: Contents,
  server: UserServer,
  wanted: WantedFile,
  files: readonly FileToWrite[],
): Promise<PlaceForFiles> {
  for (let copy = 1; copy <= mostPlaces; copy++) {
    const name = wanted.name(copy).replace(/\.ipynb$/, '')
    const folder = copy === 1 ? wanted.folder : pathIn(wanted.folder, name)
    const missing = await missingIn(contents, server, folder, copy === 1, files)
    if (missing === undefined) continue
    return { wanted: copy === 1 ? wanted : { folder, name: wanted.name }, missing }
  }
  throw new Fault(11, 'odd-answer')
}

/**
 * @param isThere the folder
 * @returns `undefined` when something else is in the place of one of them
 */
async function missingIn(
  contents: Contents,
  server: UserServer,
  folder: string,
  isThere: boolean,
  files: readonly FileToWrite[],
): Promise<readonly FileToWrite[] | undefined> {
  // Below a file there are only unclear answers, and below what is not there nothing needs to be asked.
  const folders = new Map<string, 'directory' | 'file' | 'absent'>(isThere ? [[folder, 'directory']] : [])
  const lookAt = async (path: string) => {
    const known = folders.get(path)
    if (known !== undefined) return known
    const found = path === '' ? 'directory' : ((await contents.look(server, path))?.type ?? 'absent')
    folders.set(path, found)
    return found
  }
  const missing: FileToWrite[] = []
  for (const file of files) {
    const parts = file.path.split('/')
    let above: 'directory' | 'file' | 'absent' = 'directory'
    for (let depth = 0; depth < parts.length && above === 'directory'; depth++)
      above = await lookAt(depth === 0 ? folder : pathIn(folder, parts.slice(0, depth).join('/')))
    if (above === 'file') return undefined
    const path = pathIn(folder, file.path)
    const state = above === 'absent' ? 'absent' : await contents.stateOfFile(server, path, file)
    if (state === 'other') return undefined
    if (state === 'absent') missing.push(file)
  }
  return missing
}
