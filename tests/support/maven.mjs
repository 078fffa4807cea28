/**
 * Compilers under `.environments/`, fetched by Maven as `requirements/maven/` pins them, and again when that changes.
 * Plain JavaScript on Node's own modules, as environments.mjs.
 *
 *     node tests/support/maven.mjs kotlin scala2 scala3
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lock } from './environments.mjs'

const home = fileURLToPath(new URL('../../.environments', import.meta.url))
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'

/** Where the jars of a compiler are. */
const jarsIn = (name) => join(home, `maven-${name}`)

/**
 * Fetches a compiler unless it is there, and waits for another process that is fetching it.
 *
 * @param {string} name of one of the files in `requirements/maven/`, without `.xml`
 * @param {(line: string) => void} say told once before the seconds that Maven needs
 * @throws {Error} what Maven says when it fails
 */
export async function fetchCompiler(name, say = () => {}) {
  const pom = fileURLToPath(new URL(`requirements/maven/${name}.xml`, import.meta.url))
  const folder = jarsIn(name)
  const stamp = createHash('sha256').update(readFileSync(pom)).digest('hex')
  const stampFile = join(folder, 'stamp')
  const isThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isThere()) return
  mkdirSync(home, { recursive: true })
  const release = await lock(`${folder}.lock`)
  try {
    if (isThere()) return
    say(`Fetching the compiler ${name} (once, some seconds) …`)
    rmSync(folder, { recursive: true, force: true })
    const args = ['-q', '-B', '-f', pom, `${plugin}:copy-dependencies`, `-DoutputDirectory=${folder}`]
    const { status, stdout, stderr, error } = spawnSync('mvn', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`mvn could not fetch ${name}: ${error?.message ?? stdout + stderr}`)
    writeFileSync(stampFile, stamp)
  } finally {
    release()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const name of process.argv.slice(2)) await fetchCompiler(name, console.error)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
