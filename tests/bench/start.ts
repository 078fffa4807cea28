import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { send } from '../support/http.ts'
import { inProject } from '../support/paths.ts'
import { sparePort } from '../support/ports.ts'
import { until } from '../support/until.ts'
import { median, medianRatio, type Row, showTimes, takeTurns } from './measure.ts'
import { fewIn, manyIn } from './memory.ts'

const goalRatio = 1.5
const rounds = 5

/** How soon a service with ten thousand templates answers, beside one with a single template, in the folders of `measureMemory`. */
export async function measureStart(folder: string): Promise<Row[]> {
  const start = (dir: string) => () => timeOf(dir, (url) => answers(`${url}health`))
  const figures = await takeTurns({ many: start(manyIn(folder)), one: start(fewIn(folder)) }, rounds)
  const read = await timeOf(manyIn(folder), (url) =>
    answers(url, /id="count"[^>]*>[^<]* 10000 templates</, 250),
  )
  const ratio = medianRatio(figures.many, figures.one)
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
  return [
    {
      what: 'start until /health answers, 10 000 templates / one',
      size: '3 KB',
      measured: showTimes(ratio),
      beside: `${seconds(median(figures.many))} / ${seconds(median(figures.one))}; all read after ${seconds(read)}`,
      goal: `≤ ${goalRatio.toFixed(1)} ×`,
      met: ratio <= goalRatio,
    },
  ]
}

/** Milliseconds from the start of a service until what is waited for; then it is ended. */
async function timeOf(dir: string, happens: (url: string) => Promise<unknown>): Promise<number> {
  const port = await sparePort()
  const start = performance.now()
  const service = spawn(process.execPath, [inProject('build/service/main.js')], {
    env: {
      NOTEBOOK_TEMPLATES_DIR: dir,
      NOTEBOOK_TEMPLATES_STATE_DIR: `${dir}-started`,
      NOTEBOOK_TEMPLATES_PORT: String(port),
    },
    stdio: 'ignore',
  })
  try {
    await happens(`http://127.0.0.1:${port}/`)
    return performance.now() - start
  } finally {
    const ended = once(service, 'exit')
    service.kill()
    await ended
  }
}

function answers(url: string, expected = /./, every_ms = 5): Promise<true> {
  return until(
    `${url} to answer`,
    async () => {
      const answer = await send(url, { headers: { accept: 'text/html' } }).catch(() => undefined)
      return answer?.status === 200 && expected.test(answer.text())
    },
    { within_s: 300, every_ms },
  )
}
