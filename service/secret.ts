/** The installation's secret: what cookies and kept requests are sealed with. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SettingsError } from './settings/fault.ts'
import type { Settings } from './settings/settings.ts'

/**
 * The secret of the settings, else the one in `<state folder>/secret`, which is made (32 random bytes in base64url, mode
 * 0600) when there is none. Processes that start at once agree on one. Makes the state folder (mode 0700).
 *
 * @throws {SettingsError} when the state folder cannot be used, or the file is not what was written
 */
export async function loadSecret(settings: Pick<Settings, 'secret' | 'stateDir'>): Promise<Uint8Array> {
  try {
    await mkdir(settings.stateDir, { recursive: true, mode: 0o700 })
    if (settings.secret !== undefined) return Buffer.from(settings.secret)
    const path = join(settings.stateDir, 'secret')
    const text = (await readSecret(path)) ?? (await makeSecret(path))
    if (!/^[\w-]{43}\n$/.test(text)) throw new Error('the secret file contains something else')
    return Buffer.from(text.trim(), 'base64url')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const reason = `must be a folder that this service can write to (${code ?? message})`
    throw new SettingsError([{ name: 'NOTEBOOK_TEMPLATES_STATE_DIR', reason }], { cause })
  }
}

async function readSecret(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** `link` fails when the name is taken, and never shows half a file: the first process wins, the others read its secret. */
async function makeSecret(path: string): Promise<string> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${randomBytes(32).toString('base64url')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(temporary, path).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(temporary, { force: true })
  }
  return readFile(path, 'utf8')
}
