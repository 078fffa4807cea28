import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Agent } from 'undici'
import { startService } from '../support/service.ts'
import { testThatEndsWith } from './as-test.ts'
import type { Recorded } from './bare-answers.ts'
import { median, medianRatio, type Row, showTimes, takeTurns } from './measure.ts'
import type { BenchTemplate } from './templates.ts'
import { type Step, walk } from './walk.ts'

const goalRatio = 5
const rounds = 9
/** Before what is measured: a server that has just begun is still being compiled. */
const warmUp = 8
const largeBytes = 256 * 1024
/** What each answer has of its own. */
const ofConnection = ['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length']

/**
 * Whole journeys without a hub, one after the other, beside a bare Fastify that answers the same requests with the same bytes, and
 * beside one that also keeps what a journey must keep. Processor time of the server for each: what the client needs is the same, and
 * would hide what the server does.
 */
export async function measureJourneys(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const teardowns: (() => unknown)[] = []
  try {
    const dir = join(folder, 'journeys')
    await mkdir(dir)
    for (const { path } of templates) await copyFile(join(folder, path), join(dir, path))
    const service = await startService(testThatEndsWith(teardowns), {
      NOTEBOOK_TEMPLATES_DIR: dir,
      NOTEBOOK_TEMPLATES_STATE_DIR: join(folder, 'journeys-state'),
    })
    const ours: Server = { origin: `http://127.0.0.1:${service.port}`, pid: service.pid }
    const rows: Row[] = []
    for (const { size, path } of templates) {
      const answers = await recordAnswers(join(folder, 'answers.json'), await record(ours.origin, path))
      const bare = await startBare([answers], teardowns)
      const keeping = await startBare([answers, join(folder, `kept ${size}`)], teardowns)
      const cost =
        ({ origin, pid }: Server) =>
        () =>
          withClient((agent) => costOf(() => walk(origin, agent, path), pid))
      const contenders = { ours: cost(ours), bare: cost(bare), keeping: cost(keeping) }
      await takeTurns(contenders, warmUp)
      const figures = await takeTurns(contenders, rounds)
      const row = (what: string, others: readonly number[]) => ({
        what: `journey without a hub / the same bytes from a bare Fastify${what}`,
        size,
        measured: showTimes(medianRatio(figures.ours, others)),
        beside: `${median(figures.ours).toFixed(2)} ms / ${median(others).toFixed(2)} ms`,
        goal: '',
      })
      const ratio = medianRatio(figures.ours, figures.bare)
      rows.push({ ...row('', figures.bare), goal: `≤ ${goalRatio.toFixed(2)} ×`, met: ratio <= goalRatio })
      rows.push(row(' that keeps what it must', figures.keeping))
    }
    return rows
  } finally {
    for (const end of teardowns.reverse()) await end()
  }
}

interface Server {
  readonly origin: string
  readonly pid: number
}

const ROUND_MS = 600

/** What an action costs a process, in milliseconds of processor time. */
async function costOf(action: () => Promise<unknown>, pid: number): Promise<number> {
  const before = processorTime_ms(pid)
  let times = 0
  for (const end = performance.now() + ROUND_MS; performance.now() < end; times++) await action()
  return (processorTime_ms(pid) - before) / times
}

/** Of all threads of a process, as Linux counts it. */
function processorTime_ms(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const times_ns = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
  )
  return times_ns.reduce((sum, time) => sum + time, 0) / 1e6
}

let clients = 0

/** A browser with an address of its own: how many clicks are taken of one is limited. */
async function withClient<T>(use: (agent: Agent) => Promise<T>): Promise<T> {
  const agent = new Agent({ connections: 1, localAddress: `127.0.1.${1 + (clients++ % 250)}` })
  try {
    return await use(agent)
  } finally {
    await agent.close()
  }
}

async function record(origin: string, path: string): Promise<readonly Step[]> {
  return withClient((agent) => walk(origin, agent, path))
}

/** Writes what was answered for `bare-answers.ts`, and gives back the file's path. */
async function recordAnswers(file: string, steps: readonly Step[]): Promise<string> {
  const recorded: Recorded = {}
  for (const { asked, status, headers, body } of steps) {
    const own = Object.entries(headers).filter(([name]) => !ofConnection.includes(name))
    const answer = { status, headers: Object.fromEntries(own) as Recorded[string]['headers'] }
    if (body.length < largeBytes) recorded[asked] = { ...answer, body: body.toString('base64') }
    else {
      const path = `${file}-${Object.keys(recorded).length}`
      await writeFile(path, body)
      recorded[asked] = { ...answer, body: '', file: { path, length: body.length } }
    }
  }
  await writeFile(file, JSON.stringify(recorded))
  return file
}

/** @param options see `bare-answers.ts` */
async function startBare(options: readonly string[], teardowns: (() => unknown)[]): Promise<Server> {
  const program = fileURLToPath(new URL('bare-answers.js', import.meta.url))
  const server = spawn(process.execPath, [program, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  teardowns.push(async () => {
    const ended = once(server, 'exit')
    server.stdin.end()
    await ended
  })
  const [port] = await once(createInterface(server.stdout), 'line')
  return { origin: `http://127.0.0.1:${port}`, pid: server.pid! }
}
