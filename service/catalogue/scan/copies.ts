/**
 * Immutable copies of templates, `<folder>/<sha256>.ipynb`, and of what goes with them: what a request was shown with is what it is written with,
 * whatever happens to the template meanwhile. Several processes may share the folder.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { hashPieces } from '../template-file.ts'

export interface Copies {
  fileOf(sha256: string): string
  /** Makes the copy of these bytes unless it is there already; gives its file. */
  keep(bytes: Buffer, sha256: string): Promise<string>
  /** undefined: there is no such copy (any more), or it is damaged. */
  read(sha256: string): Promise<Buffer | undefined>
  /** Puts off the copy's removal; false: it is gone. */
  use(sha256: string): Promise<boolean>
  /** Removes what was not used for `keepFor_s` and is not among `current`. */
  removeOld(current: ReadonlySet<string>): Promise<void>
}

const temporaryName = /^\.[0-9a-f]{16}\.part$/

/**
 * @param folder made with mode 0700 when it is missing
 * @param ending of the names of its files
 */
export async function openCopies(folder: string, keepFor_s: number, ending = 'ipynb'): Promise<Copies> {
  const copyName = new RegExp(`^([0-9a-f]{64})\\.${ending}$`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // A use is written down only now and then, so that it costs nothing; often enough that none is ever forgotten.
  const usedEvery_ms = (keepFor_s * 1000) / 8
  const used = new Map<string, number>()
  // A copy without ties to the texts it was put together from: it is kept for each template.
  const fileOf = (sha256: string) => structuredClone(join(folder, `${sha256}.${ending}`))

  async function read(sha256: string): Promise<Buffer | undefined> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined
    const bytes = await readFile(fileOf(sha256)).catch(ignoreMissing)
    return bytes && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined
  }

  return {
    fileOf,
    read,
    async keep(bytes, sha256) {
      if ((await hashFile(fileOf(sha256)).catch(ignoreMissing)) === sha256) return fileOf(sha256)
      await writeAtomically(folder, fileOf(sha256), bytes).catch(async (error) => {
        if (error.code !== 'ENOENT') throw error
        // The folder itself was taken away.
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeAtomically(folder, fileOf(sha256), bytes)
      })
      used.delete(sha256)
      return fileOf(sha256)
    },
    async use(sha256) {
      const now = Date.now()
      if (now - (used.get(sha256) ?? 0) < usedEvery_ms) return true
      const at = new Date(now)
      const found = await utimes(fileOf(sha256), at, at).then(() => true, ignoreMissing)
      if (found) used.set(sha256, now)
      return found === true
    },
    async removeOld(current) {
      const tooOld_ms = Date.now() - keepFor_s * 1000
      for (const name of await readdir(folder)) {
        const sha256 = copyName.exec(name)?.[1]
        if (sha256 ? current.has(sha256) : !temporaryName.test(name)) continue
        const file = join(folder, name)
        const stats = await stat(file).catch(ignoreMissing)
        if (!stats || stats.mtimeMs > tooOld_ms) continue
        await rm(file, { force: true })
        if (sha256) used.delete(sha256)
      }
    },
  }
}

async function hashFile(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    return await hashPieces(file, (await file.stat()).size)
  } finally {
    await file.close()
  }
}

/** Either the whole file is there or none, also after a power cut. */
async function writeAtomically(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`)
  try {
    const file = await open(temporary, 'wx', 0o400)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
