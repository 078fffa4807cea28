/** Reading a template that somebody may be saving at this very moment. */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** What is larger is a mistake; the largest templates known have some 20 MB of images. */
const maxBytes = 256 * 2 ** 20
/** The clocks of file systems tick: what was written this shortly ago may change again without a new time. */
export const settlingTime_ms = 100
const attempts = 3
const pieceBytes = 256 * 1024

/** Changes whenever the file does. */
export interface Version {
  readonly signature: string
  /** false: too fresh to rely on the signature. */
  readonly settled: boolean
}

export interface TemplateFile extends Version {
  readonly bytes: Buffer
  readonly sha256: string
}

/** Why a file cannot be a template, in words for the admin. */
export class UnreadableFile extends Error {}

/**
 * The bytes of one moment: a file that changes while it is read is read again.
 *
 * @param most bytes that it may have
 * @throws {UnreadableFile}, or the file system's error
 */
export async function readTemplateFile(path: string, most = maxBytes): Promise<TemplateFile> {
  const { read: bytes, version } = await atOneMoment(path, readAll, most)
  return { ...version, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** As `readTemplateFile`, without holding the bytes. */
export async function hashTemplateFile(path: string): Promise<Omit<TemplateFile, 'bytes'>> {
  const { read: sha256, version } = await atOneMoment(path, hashPieces)
  return { ...version, sha256 }
}

async function atOneMoment<Read>(
  path: string,
  readFrom: (file: FileHandle, size: number) => Promise<Read>,
  most = maxBytes,
): Promise<{ read: Read; version: Version }> {
  // Not blocked by a pipe that nobody writes to.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await readVersion(file, most)
      const read = await readFrom(file, before.size)
      const { signature, settled } = await readVersion(file, most)
      if (before.signature === signature) return { read, version: { signature, settled } }
    }
    throw new UnreadableFile('it is being changed all the time')
  } finally {
    await file.close()
  }
}

/** SHA-256 of the first `size` bytes, in hexadecimal: piece by piece, because a template may have many megabytes. */
export async function hashPieces(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, size))
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, size - at), at)
    if (bytesRead === 0) break
    hash.update(piece.subarray(0, bytesRead))
    at += bytesRead
  }
  return hash.digest('hex')
}

export function versionOf(stats: import('node:fs').BigIntStats): Version & { size: number } {
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = stats
  const latest_ms = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs)
  return {
    signature: [dev, ino, size, mtimeNs, ctimeNs].join(':'),
    settled: Math.abs(Date.now() - latest_ms) > settlingTime_ms,
    size: Number(size),
  }
}

async function readVersion(file: FileHandle, most: number): Promise<Version & { size: number }> {
  const stats = await file.stat({ bigint: true })
  if (!stats.isFile()) throw new UnreadableFile('it is not a regular file')
  const version = versionOf(stats)
  if (version.size > most) throw new UnreadableFile(`it is larger than ${most} bytes`)
  return version
}

async function readAll(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
