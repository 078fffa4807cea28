/**
 * Whether an LMDB file can be opened, read whole, and written: asked of a child process, because a damaged file ends the
 * process that opens it by a signal, without an error (Bus error, Segmentation fault).
 *
 *     node lmdb-check.js <folder>    exit 0: it can
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ABORT, open } from 'lmdb'

const program = fileURLToPath(import.meta.url)
/** For a file of some gigabytes on a slow disk. */
const LIMIT_MS = 120_000
const READ = 'read'

/** @param folder of `data.mdb` */
export async function isReadable(folder: string): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  // What it says counts, and it is ended here: on Node.js 24 a process that has opened lmdb may hang at its own end.
  const said = new Promise<boolean>((resolve) => {
    child.stdout.once('data', (answer: Buffer) => resolve(answer.toString() === READ))
  })
  const ended = once(child, 'close').then(() => false)
  return await Promise.race([said, ended]).finally(() => child.kill('SIGKILL'))
}

function readAll(path: string): void {
  // Or lmdb makes one, where another process has just taken the folder over.
  accessSync(join(path, 'data.mdb'))
  const root = open({ path, noSubdir: false, maxDbs: 4, noSync: true })
  for (const name of ['entries', 'expiries', 'counts']) {
    const table = root.openDB<Buffer, string>({ name, encoding: 'binary', keyEncoding: 'binary' })
    // Each page of each value is touched.
    for (const { value } of table.getRange()) value.reverse()
  }
  // A write reads the list of free pages, which may be damaged as well.
  root.transactionSync(() => {
    root.openDB<Buffer, string>({ name: 'entries', encoding: 'binary' }).put('check', Buffer.alloc(65_536))
    return ABORT
  })
}

if (process.argv[1] === program) {
  let answer = READ
  try {
    readAll(process.argv[2] ?? '')
  } catch {
    answer = 'not readable'
  }
  writeSync(1, answer)
  process.exit(answer === READ ? 0 : 1)
}
