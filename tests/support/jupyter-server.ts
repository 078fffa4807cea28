import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'
import { type Answer, send } from './http.ts'
import { binOf } from './paths.ts'
import { plainly } from './plainly.ts'
import { sparePort } from './ports.ts'
import { until } from './until.ts'

/** A real jupyter-server without a hub, as it runs on the hub of that name in `.environments/`. */
export interface JupyterServer {
  /** The root of its Contents API, on this disk; deleted at the end of the test. */
  readonly root: string
  /** Reads a notebook as JupyterLab does, and saves the same content under the same name. */
  openAndSave(name: string): Promise<OpenedAndSaved>
}

export interface OpenedAndSaved {
  /** The status of GET, and that of PUT where GET was a 200. */
  readonly statuses: readonly number[]
  /** What the server has against the content; '' for nothing. */
  readonly complaint: string
  /** Whether the content is still the same when it is read once more, but for ids and trust. */
  readonly isKept: boolean
}

/** Starts one on 127.0.0.1 and waits until it answers. It is ended with the test `t`. */
export async function startJupyterServer(t: Test): Promise<JupyterServer> {
  const bin = binOf('hub-6.1.1')
  const dir = mkdtempSync(join(tmpdir(), 'notebook-templates-server-'))
  const root = join(dir, 'root')
  mkdirSync(root)
  const token = randomBytes(16).toString('hex')
  const port = await sparePort()
  const log = openSync(join(dir, 'log'), 'a')
  const options = {
    'ServerApp.ip': '127.0.0.1',
    'ServerApp.port': String(port),
    'ServerApp.root_dir': root,
    'ServerApp.open_browser': 'False',
    'ServerApp.allow_root': 'True',
    'ServerApp.log_level': 'CRITICAL',
    'IdentityProvider.token': token,
  }
  const running = spawn(
    ...plainly(join(bin, 'python'), [
      '-m',
      'jupyter_server',
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ]),
    {
      cwd: dir,
      env: { PATH: `${bin}:${process.env.PATH}`, HOME: dir, LANG: 'C.UTF-8' },
      stdio: ['ignore', log, log],
    },
  )
  t.teardown(async () => {
    if (running.exitCode === null && running.signalCode === null) {
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await ended
    }
    rmSync(dir, { recursive: true, force: true })
  })
  const headers = { authorization: `token ${token}` }
  const base = `http://127.0.0.1:${port}/api/`
  await until('jupyter-server to answer', async () => {
    if (running.exitCode !== null) throw new Error(readFileSync(join(dir, 'log'), 'utf8'))
    return send(`${base}status`, { headers }).then(
      ({ status }) => status === 200,
      () => false,
    )
  })

  async function openAndSave(name: string): Promise<OpenedAndSaved> {
    const url = `${base}contents/${name.split('/').map(encodeURIComponent).join('/')}`
    const open = () => send(`${url}?type=notebook&content=1`, { headers })
    const opened = await open()
    if (opened.status !== 200) {
      return { statuses: [opened.status], complaint: messageOf(opened), isKept: false }
    }
    // The very text of the content: JSON.parse would change its numbers.
    const saved = await send(url, { method: 'PUT', headers, body: opened.body })
    const again = await open()
    return {
      statuses: [opened.status, saved.status],
      complaint: messageOf(saved) || messageOf(opened),
      isKept: again.status === 200 && isDeepStrictEqual(contentOf(again), contentOf(opened)),
    }
  }

  return { root, openAndSave }
}

/** Without what a server makes of it: ids, and whether a cell is trusted. */
function contentOf(answer: Answer): unknown {
  const { content } = answer.json() as { content: { cells: { id?: unknown; metadata: object }[] } }
  const cells = content.cells.map(({ id: _, ...cell }) => ({
    ...cell,
    metadata: { ...cell.metadata, trusted: undefined },
  }))
  return { ...content, cells }
}

/** Of a model with a complaint, or of an error. */
function messageOf(answer: Answer): string {
  try {
    return String((answer.json() as { message?: unknown }).message ?? '')
  } catch {
    return `status ${answer.status}`
  }
}
