import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { asyncRateOf, median, medianRatio, type Row, showRate, showTimes, takeTurns } from './measure.ts'
import type { BenchTemplate } from './templates.ts'

const goalRatio = 0.7
const lanes = 4

/** Notebooks whose last byte a client has received, beside the template's untouched file from the same server. */
export async function measureSocket(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const program = fileURLToPath(new URL('serving.js', import.meta.url))
  const server = spawn(process.execPath, [program, folder, ...templates.map(({ path }) => path)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const agent = new Agent({ keepAlive: true, maxSockets: lanes })
  try {
    const [port] = await once(createInterface(server.stdout), 'line')
    const rows: Row[] = []
    for (const [index, { size }] of templates.entries()) {
      const rate = (kind: string) => () =>
        asyncRateOf(() => fetchAndDiscard(agent, `http://127.0.0.1:${port}/${kind}/${index}`), 100, lanes)
      const figures = await takeTurns({ rendered: rate('rendered'), untouched: rate('untouched') }, 61)
      const ratio = medianRatio(figures.rendered, figures.untouched)
      rows.push({
        what: 'notebook through a socket / untouched file',
        size,
        measured: showTimes(ratio),
        beside: `${showRate(median(figures.rendered))} / ${showRate(median(figures.untouched))}`,
        goal: `≥ ${goalRatio.toFixed(2)} ×`,
        met: ratio >= goalRatio,
      })
    }
    return rows
  } finally {
    agent.destroy()
    const ended = once(server, 'exit')
    server.stdin.end()
    await ended
  }
}

/** Resolves at the last byte; rejects unless as many came as were announced. */
function fetchAndDiscard(agent: Agent, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let received = 0
      response.on('data', (bytes: Buffer) => {
        received += bytes.length
      })
      response.on('error', reject)
      response.on('end', () => {
        const whole = response.statusCode === 200 && received === Number(response.headers['content-length'])
        if (whole) resolve()
        else reject(new Error(`${url}: ${response.statusCode}, ${received} bytes`))
      })
    })
    request.on('error', reject)
  })
}
