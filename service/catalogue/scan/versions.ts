/**
 * What a version of a template is: its file alone, known by the hash of its bytes, or its file and those beside it, known by
 * the hash of a list of all their hashes. All of it is kept in copies that nothing changes.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ReadFile } from '../files-beside.ts'
import type { FileBeside, FileBundle, Template } from '../template.ts'
import { type Copies, openCopies } from './copies.ts'

/** A version, as it is kept. */
export interface KeptVersion {
  readonly sha256: string
  /** The copy of the template itself. */
  readonly file: string
  readonly bundle?: FileBundle
}

export interface Versions {
  /** Keeps a file beside a template. */
  keepFile(file: ReadFile): Promise<FileBeside>
  /** @param files kept before; their order counts */
  keep(bytes: Buffer, sha256: string, files: readonly FileBeside[]): Promise<KeptVersion>
  /** `undefined`: something of it is gone, or damaged. */
  read(sha256: string): Promise<(KeptVersion & { readonly bytes: Buffer }) | undefined>
  /** Puts off the removal of all of it; false: something is gone. */
  use(version: Pick<Template, 'sha256' | 'bundle'>): Promise<boolean>
  /** Removes what was not used for long and belongs to none of these. */
  removeOld(current: readonly Template[]): Promise<void>
}

/** @param stateDir has the folders `templates` and `files` */
export async function openVersions(stateDir: string, keepFor_s: number): Promise<Versions> {
  const notebooks = await openCopies(join(stateDir, 'templates'), keepFor_s)
  const others = await openCopies(join(stateDir, 'files'), keepFor_s, 'file')

  async function readBundle(sha256: string): Promise<FileBundle | undefined> {
    const bytes = await others.read(sha256)
    if (bytes === undefined) return undefined
    const { notebook, files } = JSON.parse(bytes.toString()) as Pick<FileBundle, 'notebook'> & {
      files: readonly Omit<FileBeside, 'file'>[]
    }
    return { notebook, files: files.map((one) => ({ ...one, file: others.fileOf(one.sha256) })) }
  }

  return {
    async keepFile({ bytes, ...file }) {
      return { ...file, size: bytes.length, file: await others.keep(bytes, file.sha256) }
    },

    async keep(bytes, sha256, files) {
      const file = await notebooks.keep(bytes, sha256)
      if (files.length === 0) return { sha256, file }
      const listed = files.map(({ path, sha256, size, leadsTo }) => ({ path, sha256, size, leadsTo }))
      const list = Buffer.from(JSON.stringify({ notebook: sha256, files: listed }))
      const version = createHash('sha256').update(list).digest('hex')
      await others.keep(list, version)
      return { sha256: version, file, bundle: { notebook: sha256, files } }
    },

    async read(sha256) {
      const alone = await notebooks.read(sha256)
      if (alone !== undefined) return { sha256, file: notebooks.fileOf(sha256), bytes: alone }
      const bundle = await readBundle(sha256)
      const bytes = bundle && (await notebooks.read(bundle.notebook))
      return bytes && { sha256, file: notebooks.fileOf(bundle.notebook), bundle, bytes }
    },

    async use({ sha256, bundle }) {
      if (bundle === undefined) return notebooks.use(sha256)
      const uses: [Copies, string][] = [
        [notebooks, bundle.notebook],
        [others, sha256],
        ...bundle.files.map((one): [Copies, string] => [others, one.sha256]),
      ]
      const found = await Promise.all(uses.map(([copies, hash]) => copies.use(hash)))
      return found.every(Boolean)
    },

    async removeOld(current) {
      const hashes = new Set(
        current.flatMap(({ sha256, bundle }) =>
          bundle === undefined
            ? [sha256]
            : [sha256, bundle.notebook, ...bundle.files.map((one) => one.sha256)],
        ),
      )
      await notebooks.removeOld(hashes)
      await others.removeOld(hashes)
    },
  }
}
