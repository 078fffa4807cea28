/**
 * A real SampleDB with a real PostgreSQL, from nothing, in the environment `sampledb`: for the tests and for
 * `npm run demo -- --sampledb`. Plain JavaScript on Node's own modules.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { binOf } from '../environments.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const patience_s = 120

/** Who may sign in; the first one administers it. The password is for trying out, and nobody else can reach it. */
export const people = [
  { name: 'Administrator', login: 'admin', password: 'for-trying-out' },
  { name: 'Ada Lovelace', login: 'ada', password: 'for-trying-out' },
]

/** What is missing on this machine, to be said to whoever wants it; undefined: nothing. */
export function missingForSampleDb() {
  const versions = '/usr/lib/postgresql'
  const has =
    existsSync(versions) && readdirSync(versions).some((it) => existsSync(join(versions, it, 'bin/initdb')))
  return has ? undefined : 'PostgreSQL is missing: on Debian, apt-get install postgresql'
}

/**
 * Starts one on 127.0.0.1 with nothing in it but people and actions, and waits until it answers.
 *
 * @param {object} options
 * @param {number} options.port where it listens
 * @param {Record<string, string>} options.settings its environment variables (docs/sampledb.md), SAMPLEDB_…
 * @param {{ name: string, type: 'sample' | 'measurement', schema: object }[]} options.actions
 * @param {string} [options.logFile] kept where it is given
 * @throws {Error} with the end of its log when it ends or does not answer within two minutes
 */
export async function startSampleDb({ port, settings, actions, logFile }) {
  // Below /tmp, where PostgreSQL's own user can reach it.
  const folder = mkdtempSync(join(tmpdir(), 'notebook-templates-sampledb-'))
  const ownLog = `${folder}.log`
  const log = openSync(logFile ?? ownLog, 'w')
  const [admin, ...others] = people
  const child = spawn(join(binOf('sampledb'), 'python'), [here('run.py'), folder, String(port)], {
    cwd: here('.'),
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', ...ownSettings(admin), ...settings },
    stdio: ['pipe', log, log],
    detached: true,
  })
  child.stdin.on('error', () => {}) // it has ended early: its exit tells
  child.stdin.end(JSON.stringify({ people: others, actions }))
  let over = false
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal))
    child.once('error', (error) => resolve(error.message))
  }).then((code) => {
    over = true
    return code
  })
  const sampledb = {
    url: `http://localhost:${port}/`,
    /** Of PostgreSQL's socket; its only user is `sampledb`, its database `postgres`. */
    folder,
    pid: child.pid,
    log: () => readFileSync(logFile ?? ownLog, 'utf8'),
    ended,
    /** Ends it and its database, and removes what they wrote. */
    async stop() {
      if (!over) child.kill('SIGTERM')
      await Promise.race([ended, sleep(20_000, undefined, { ref: false })])
      if (!over) process.kill(-child.pid, 'SIGKILL')
      await ended
      for (const path of [folder, ownLog]) rmSync(path, { recursive: true, force: true })
    },
  }
  try {
    await untilAnswered(`http://127.0.0.1:${port}/status/`, () => over)
  } catch (error) {
    const end = sampledb.log().trimEnd().split('\n').slice(-25).join('\n')
    await sampledb.stop()
    throw new Error(`${error.message} The end of its log:\n\n${end}`)
  }
  return sampledb
}

/** What it does not start without, and what it would send to the world. */
const ownSettings = (admin) => ({
  SAMPLEDB_MAIL_SERVER: 'localhost',
  SAMPLEDB_MAIL_SENDER: 'sampledb@example.org',
  SAMPLEDB_CONTACT_EMAIL: 'sampledb@example.org',
  SAMPLEDB_BUILD_TRANSLATIONS: '0',
  SAMPLEDB_ADMIN_USERNAME: admin.login,
  SAMPLEDB_ADMIN_EMAIL: 'admin@example.org',
  SAMPLEDB_ADMIN_PASSWORD: admin.password,
})

async function untilAnswered(url, isOver) {
  for (const end = Date.now() + patience_s * 1000; ; ) {
    if (isOver()) throw new Error('SampleDB has ended.')
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > end) throw new Error(`SampleDB did not answer in ${patience_s} s.`)
    await sleep(250)
  }
}
