import { createHash, randomBytes } from 'node:crypto'
import t from 'tap'
import { base64Body, base64BodyLength } from '../../service/hub/files/base64-body.ts'
import { hashBeginning, namesInList, streamHolds } from '../../service/hub/files/byte-streams.ts'
import { encodePath, splitServerUrl } from '../../service/hub/paths.ts'

async function* inPieces(bytes: Buffer, ...lengths: number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (const length of [...lengths, bytes.length]) {
    yield new Uint8Array(bytes.subarray(from, from + length))
    from += length
  }
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

t.test('the body is JSON with exactly the bytes, and of the length that was said', async (t) => {
  const cases: [number, ...number[]][] = [
    [0],
    [1],
    [2],
    [3],
    [10, 1, 1, 1, 1],
    [7, 0, 4],
    [1_000_000, 999_998],
    [600_001, 2],
  ]
  for (const [length, ...pieces] of cases) {
    const bytes = randomBytes(length)
    const body = await collect(base64Body(inPieces(bytes, ...pieces), length))
    t.equal(body.length, base64BodyLength(length), `${length} bytes, ${pieces}`)
    const { type, format, content } = JSON.parse(body.toString())
    t.same({ type, format }, { type: 'file', format: 'base64' })
    t.ok(Buffer.from(content, 'base64').equals(bytes))
  }
})

t.test('no part of the body is large, however large the piece', async (t) => {
  for await (const part of base64Body(inPieces(randomBytes(2_000_000)), 2_000_000))
    t.ok(part.length <= 262_144)
})

t.test('a source of another length ends in an error and never in a complete body', async (t) => {
  for (const length of [9, 11, 0]) await t.rejects(collect(base64Body(inPieces(randomBytes(10), 4), length)))
})

t.test('a text is found wherever a piece ends', async (t) => {
  const bytes = Buffer.from('abc-µ-wanted-µ-xyz')
  for (let cut = 0; cut <= bytes.length; cut++) {
    t.equal(await streamHolds(inPieces(bytes, cut), 'µ-wanted-µ', 100), true, `cut at ${cut}`)
  }
  t.equal(await streamHolds(inPieces(bytes, 3), 'µ-wanted-x', 100), false)
  t.equal(await streamHolds(inPieces(bytes, 1, 1), 'xyz', 1), false, 'not beyond the limit')
})

t.test('the names of a list are found wherever a piece ends', async (t) => {
  const names = ['a.ipynb', 'ü "b".ipynb', '"name": "no.ipynb"', '\u0007\\', '']
  const entries = names.map((name) => ({ path: 'no', name, content: null, size: 1 }))
  const model = { name: 'folder', path: 'a', content: entries, type: 'directory', format: 'json' }
  for (const text of [JSON.stringify(model), JSON.stringify(model, null, 2)]) {
    const bytes = Buffer.from(text)
    for (let cut = 0; cut <= bytes.length; cut++) {
      t.strictSame(await namesInList(inPieces(bytes, cut), 10_000), new Set(names), `cut at ${cut}`)
    }
  }
  const many = Array.from({ length: 20_000 }, (_, number) => ({ name: `${number}.ipynb`, content: null }))
  const long = Buffer.from(JSON.stringify({ ...model, content: many }))
  const pieces = Array.from({ length: 1000 }, () => 1000)
  t.equal((await namesInList(inPieces(long, ...pieces), long.length)).size, many.length)
  const some = await namesInList(inPieces(long, ...pieces), 200_000)
  t.ok(some.size > 1000 && some.size < 10_000, 'not beyond the limit')
  for (const other of ['[1]', '<html>', '{"content":7}', '{"content":[{"name":"a']) {
    t.strictSame(await namesInList(inPieces(Buffer.from(other)), 1000), new Set())
  }
})

t.test('the beginning of a stream has the hash of these bytes', async (t) => {
  const bytes = randomBytes(100)
  for (const length of [0, 1, 50, 99, 100]) {
    const expected = createHash('sha256').update(bytes.subarray(0, length)).digest('hex')
    t.equal(await hashBeginning(inPieces(bytes, 30, 20), length), expected, `${length}`)
  }
})

t.test('the URL of a server is taken as it is', async (t) => {
  const cases = [
    { url: '/user/x.y@lab.example/', host: undefined, path: '/user/x.y@lab.example/' },
    { url: '/jupyter/user/a', host: undefined, path: '/jupyter/user/a/' },
    { url: 'https://a.hub.example/user/a/', host: 'a.hub.example', path: '/user/a/' },
    { url: 'http://a.localhost:8000/user/a/n%C3%A4m/', host: 'a.localhost:8000', path: '/user/a/n%C3%A4m/' },
  ]
  for (const { url, host, path } of cases) t.same(splitServerUrl(url), { host, path }, url)
  for (const url of ['', 'user/a/', 'javascript:alert(1)', '//evil.example/']) {
    if (url.startsWith('//'))
      t.same(splitServerUrl(url), { host: undefined, path: url }, 'a path, never a host')
    else t.throws(() => splitServerUrl(url), TypeError, url)
  }
  for (const path of ['..', 'a/../b', './a', '\ud800']) t.throws(() => encodePath(path), path)
  t.equal(encodePath("a b/µ%#?/'x'"), "a%20b/%C2%B5%25%23%3F/'x'")
})
