/** Files as commands read and write them: what goes wrong is a sentence, for who typed their names. */
import { open, readFile, rm } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'

/** What cannot be read or written, and why, in words. */
class FileError extends Error {}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, and not a file',
  ENOTDIR: 'it is a file, and not a folder',
  EEXIST: 'it exists already, and is not written over',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no space left for it',
  ENAMETOOLONG: 'its name is too long',
}

/** @throws FileError in place of the file system's errors */
export async function withReason<T>(path: string, action: Promise<T>): Promise<T> {
  try {
    return await action
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (!Object.hasOwn(reasons, code)) throw cause
    throw new FileError(`${path}: ${reasons[code]}`, { cause })
  }
}

/** @throws FileError */
export function readInput(path: string): Promise<Buffer> {
  return withReason(path, readFile(path))
}

/**
 * Text in UTF-8, without the byte-order mark that some editors put before it. `-` is what comes from standard input.
 *
 * @throws FileError also for bytes that are not UTF-8: a replacement character in a value would be noticed too late
 */
export async function readInputText(path: string): Promise<string> {
  const bytes = path === '-' ? await buffer(process.stdin) : await readInput(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FileError(`${path === '-' ? 'standard input' : path}: it is not UTF-8`, { cause })
  }
}

/** `-` is standard output; a file is new, and there whole or not at all. @throws FileError */
export async function writeOutput(path: string, bytes: Buffer): Promise<void> {
  if (path === '-') {
    process.stdout.write(bytes)
    return
  }
  const file = await withReason(path, open(path, 'wx'))
  try {
    await withReason(path, file.writeFile(bytes))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
