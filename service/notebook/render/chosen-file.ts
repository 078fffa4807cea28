import { asFault, Fault } from '../../fault.ts'
import { shorten } from '../parameters/short-name.ts'
import type { WantedFile } from './file-name.ts'
import { byteLength } from './name-parts.ts'
import { cleanValue, cutTo, endingOf, extension, finish, mostBytes } from './name-text.ts'

/** Where a user wants a notebook instead of the place that the template gives it. */
export interface ChosenFile {
  /** Relative to the server's root, parts separated by `/`; '' is the root. */
  readonly folder: string
  /** With or without `.ipynb`. */
  readonly name: string
}

const mostParts = 32

/**
 * What a user typed as folder and name, within the rules of DESIGN 2.4: nothing is replaced in silence, what may not be
 * is refused with what it is about.
 *
 * @throws Fault 16 `not-allowed`, with `name`: the part that cannot be the name of a file or folder; and `field`
 */
export function chooseFile({ folder, name }: ChosenFile): WantedFile {
  const chosenFolder = readFolder(folder)
  const stem = readName(name)
  return {
    folder: chosenFolder,
    name(copy) {
      const ending = endingOf(copy)
      return cutTo(stem, mostBytes - byteLength(ending)) + ending
    },
  }
}

/** All faults of `chooseFile` at once, in the order of the fields: at most one of each. */
export function faultsOfFile({ folder, name }: ChosenFile): readonly Fault[] {
  return [() => readFolder(folder), () => readName(name)].flatMap((read) => {
    try {
      read()
      return []
    } catch (error) {
      return [asFault(error)]
    }
  })
}

function readFolder(folder: string): string {
  const parts = folder
    .split('/')
    .map(trim)
    .filter((part) => part !== '' && part !== '.')
  if (parts.length > mostParts) throw refused(folder, true)
  for (const part of parts) check(part, true)
  return parts.map((part) => part.normalize('NFC')).join('/')
}

/** Without its extension. */
function readName(name: string): string {
  const stem = trim(name).replace(/\.ipynb$/i, '')
  check(stem, false)
  if (byteLength(stem + extension) > mostBytes) throw refused(stem, false)
  return stem.normalize('NFC')
}

function trim(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '')
}

function check(part: string, isFolder: boolean): void {
  const plain = part.normalize('NFC')
  if (plain === '' || byteLength(plain) > mostBytes) throw refused(part, isFolder)
  if (cleanValue(plain) !== plain || finish(plain, isFolder) !== plain) throw refused(part, isFolder)
}

function refused(part: string, isFolder: boolean): Fault {
  return new Fault(16, 'not-allowed', { name: shorten(part), field: isFolder ? 'folder' : 'name' })
}
