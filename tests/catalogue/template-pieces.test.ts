import { readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { chunkBytes, openPieces, readPieces } from '../../service/catalogue/template-pieces.ts'
import type { Piece } from '../../service/notebook/index.ts'

/** Bytes that tell their place. */
const pattern = (length: number) =>
  Buffer.from(Uint32Array.from({ length: length / 4 }, (_, index) => index).buffer)

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

const whole = (bytes: Buffer, pieces: readonly Piece[]) =>
  Buffer.concat(
    pieces.map((piece) => (piece instanceof Uint8Array ? piece : bytes.subarray(piece.from, piece.to))),
  )

/** Files that this process holds open below a folder. */
const openFiles = (dir: string) =>
  readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`)
      } catch {
        return ''
      }
    })
    .filter((path) => path.startsWith(dir))

const dir = t.testdir()
const small = pattern(3000)
const limit = pattern(chunkBytes)
const large = pattern(10 * chunkBytes + 444)
const files = { small, limit, large }
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)

const cell = Buffer.from('a new cell')
const all = (bytes: Buffer): Piece => ({ from: 0, to: bytes.length })
const cases: [label: string, file: keyof typeof files, pieces: Piece[]][] = [
  ['the whole of a small file', 'small', [all(small)]],
  [
    'a cell between two ranges of a small file',
    'small',
    [{ from: 3, to: 1000 }, cell, { from: 1000, to: 3000 }],
  ],
  ['the whole of a file that is just remembered', 'limit', [all(limit)]],
  ['the whole of a large file', 'large', [all(large)]],
  [
    'a cell between two ranges of a large file',
    'large',
    [{ from: 3, to: 70_001 }, cell, { from: 70_100, to: large.length }],
  ],
  [
    'many pieces',
    'large',
    Array.from({ length: 5000 }, (_, n) => (n % 2 ? cell : { from: n * 500, to: n * 500 + 321 })),
  ],
  ['a large cell', 'small', [{ from: 0, to: 10 }, large, { from: 10, to: 20 }]],
  [
    'pieces of nothing',
    'large',
    [Buffer.alloc(0), { from: 5, to: 5 }, cell, { from: large.length, to: large.length }],
  ],
  ['no pieces', 'large', []],
  ['only bytes', 'large', [cell, cell]],
]

t.test('pieces come out in order and in chunks of a good size', async (t) => {
  for (const [label, file, pieces] of cases) {
    for (const time of ['first', 'second']) {
      const chunks = await collect(openPieces(join(dir, file), pieces))
      const expected = whole(files[file], pieces)
      t.ok(Buffer.concat(chunks).equals(expected), `${label}, ${time} time`)
      t.ok(
        chunks.every((chunk) => chunk.length > 0 && chunk.length <= chunkBytes),
        `${label}: no chunk too large`,
      )
      t.equal(chunks.length, Math.ceil(expected.length / chunkBytes), `${label}: no chunk too small`)
    }
  }
  t.same(openFiles(dir), [])
})

t.test('any range of what pieces are together can be read by itself', async (t) => {
  for (const [label, file, pieces] of cases) {
    const expected = whole(files[file], pieces)
    const places = [
      0,
      1,
      3,
      9,
      10,
      11,
      1006,
      70_000,
      chunkBytes,
      chunkBytes + 1,
      expected.length - 1,
      expected.length,
    ]
    const within = places.filter((place) => place >= 0 && place <= expected.length)
    for (const from of within) {
      for (const to of within.filter((place) => place >= from)) {
        const bytes = await readPieces(join(dir, file), pieces, { from, to })
        t.ok(expected.subarray(from, to).equals(bytes), `${label}: ${from} to ${to}`)
        t.equal(bytes.buffer.byteLength, to - from, 'in memory of its own')
      }
    }
  }
  t.same(openFiles(dir), [])
})

t.test('a small file is read once', async (t) => {
  const file = join(t.testdir({ copy: 'once' }), 'copy')
  t.same(await collect(openPieces(file, [{ from: 0, to: 4 }])), [Buffer.from('once')])
  rmSync(file)
  t.same(await collect(openPieces(file, [{ from: 1, to: 3 }])), [Buffer.from('nc')])
})

t.test('the file is closed when the reader stops early', async (t) => {
  for await (const chunk of openPieces(join(dir, 'large'), [all(large)])) {
    t.equal(chunk.length, chunkBytes)
    t.same(openFiles(dir).length, 1)
    break
  }
  t.same(openFiles(dir), [])
  const never = openPieces(join(dir, 'large'), [all(large)])
  await never.return(undefined)
  t.same(openFiles(dir), [], 'nor is one opened for who never reads')
})

t.test('no large file is held whole', async (t) => {
  let most = 0
  const before = process.memoryUsage().arrayBuffers
  const pieces = Array.from({ length: 200 }, () => all(large))
  for await (const _ of openPieces(join(dir, 'large'), pieces)) {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    global.gc?.()
  }
  // Half a gigabyte goes through; what is left over waits for the garbage collector.
  t.ok(most < 200 * 2 ** 20, `${(most / 2 ** 20).toFixed(0)} MiB`)
})

t.test('a file that ends too early is an error, never a shorter notebook', async (t) => {
  for (const [label, file, piece] of [
    ['small', 'small', { from: 2999, to: 3001 }],
    ['large', 'large', { from: 0, to: large.length + 1 }],
  ] as const) {
    await t.rejects(collect(openPieces(join(dir, file), [piece])), /ends before/, label)
  }
  await t.rejects(collect(openPieces(join(dir, 'none'), [cell])), { code: 'ENOENT' })
  t.same(openFiles(dir), [])
})
