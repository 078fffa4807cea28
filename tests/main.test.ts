import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { createLogger } from '../service/logger.ts'
import { openParts } from '../service/parts.ts'
import { readSettings } from '../service/settings/settings.ts'
import { inProject } from './support/paths.ts'
import { plainly } from './support/plainly.ts'
import { startService } from './support/service.ts'

t.setTimeout(60_000)

/** Marks of processes that have not closed the store (store/lmdb-folder.ts). */
const open = (state: string) =>
  readdirSync(join(state, 'store'), { recursive: true }).filter((name) => String(name).includes('in-use-'))

t.test('a service that cannot start leaves its store closed', async (t) => {
  await t.test('because its state folder holds something else', async (t) => {
    const state = t.testdir({ templates: 'a file in the place of a folder' })
    const settings = readSettings({ NOTEBOOK_TEMPLATES_STATE_DIR: state })
    await t.rejects(openParts(settings, createLogger('silent')), { code: 'EEXIST' })
    t.same(open(state), [])
  })

  await t.test('because its port is taken', async (t) => {
    const port = await takenPort(t)
    const state = t.testdir()
    const env = { NOTEBOOK_TEMPLATES_STATE_DIR: state, NOTEBOOK_TEMPLATES_PORT: String(port) }
    const child = spawn(...plainly(process.execPath, [inProject('build/service/main.js')]), { env })
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    t.equal(code, 1)
    t.match(said, `NOTEBOOK_TEMPLATES_PORT ${port} is in use by another program`)
    t.notMatch(said, / at |file:/, 'no stack')
    t.same(open(state), [])
  })
})

t.test('a service that is told to end closes its store', async (t) => {
  const state = t.testdir()
  const service = await startService(t, { NOTEBOOK_TEMPLATES_STATE_DIR: state })
  t.equal(open(state).length, 1)
  t.same(await service.end(), { code: 0, signal: null })
  t.same(open(state), [])
})

t.test('at a terminal it says where the templates are, and what else there is', async (t) => {
  const env = {
    PATH: process.env.PATH,
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
    NOTEBOOK_TEMPLATES_PORT: '0',
  }
  // Without a command, as somebody tries what they have installed; Ctrl-C is typed when it has said so.
  const program = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
said = b""
while True:
    try:
        piece = os.read(terminal, 10000)
    except OSError:
        break
    if not piece:
        break
    said += piece
    if b"--help" in piece:
        os.write(terminal, bytes([3]))
os.waitpid(pid, 0)
sys.stdout.buffer.write(said)
`
  const command = [process.execPath, inProject('build/service/cli.js')]
  const child = spawn('python3', ['-c', program, ...command], { env })
  t.match(
    await text(child.stdout),
    /The templates are at http:\/\/127\.0\.0\.1:\d+\/ \(Ctrl-C ends this\)\.\s+What else .*notebook-templates --help/,
  )
})

t.test('anywhere else it says nothing but its log', async (t) => {
  const env = {
    PATH: process.env.PATH,
    NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
    NOTEBOOK_TEMPLATES_PORT: '0',
  }
  const child = spawn(...plainly(process.execPath, [inProject('build/service/cli.js')]), { env })
  child.stdout.on('data', (lines) => String(lines).includes('listening') && child.kill('SIGTERM'))
  t.equal(await text(child.stderr), '')
})

async function takenPort(t: Test): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as { port: number }).port
}
