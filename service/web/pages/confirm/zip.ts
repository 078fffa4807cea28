import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file of an archive. */
export interface ZipEntry {
  /** `/` between its parts. */
  readonly path: string
  /** Bytes. */
  readonly length: number
  open(): AsyncIterable<Uint8Array>
}

export interface Zip {
  /** Bytes. */
  readonly length: number
  /** Ends with an error when a file cannot be read, or is not as long as it said. */
  readonly stream: Readable
}

/**
 * An archive of a few files, streamed, without compression: the same bytes each time.
 *
 * @param time of all the files; ISO 8601
 */
export async function zipOf(entries: readonly ZipEntry[], time: string): Promise<Zip> {
  const zip = new ZipFile()
  const stream = zip.outputStream as Readable
  zip.on('error', (error) => stream.destroy(error))
  const options = { mtime: new Date(time), mode: 0o100644, compress: false }
  for (const { path, length, open } of entries) {
    zip.addReadStreamLazy(path, { ...options, size: length }, (done) => {
      const file = Readable.from(open(), { objectMode: false })
      file.on('error', (error) => stream.destroy(error))
      done(undefined, file)
    })
  }
  // Its types do not know that the callback gets the size, or -1 where that is not known: here all sizes are.
  const length = await new Promise<number>((resolve) => {
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void)
  })
  return { length, stream }
}
