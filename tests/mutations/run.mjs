/**
 * Breaks the built code on purpose, one place at a time, and runs the tests that must notice: a mutation that no test
 * notices is a promise without a test. Part of `.ci/nightly`; needs a finished `npm run build` and `npx tap build`.
 *
 *     node tests/mutations/run.mjs              all of the list
 *     node tests/mutations/run.mjs journey/     those in files whose path holds this
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mutations } from './list.mjs'

const build = fileURLToPath(new URL('../../build/', import.meta.url))
/** A test that hangs has noticed, too. */
const LIMIT_MS = 120_000

const wanted = process.argv[2] ?? ''
const counts = { passed: 0, failed: 0 }
for (const mutation of mutations.filter(({ file }) => file.includes(wanted))) {
  const killer = tryOut(mutation)
  counts[killer === undefined ? 'failed' : 'passed']++
  console.log(
    `${killer === undefined ? 'SURVIVED' : 'killed  '} ${mutation.file}: ${mutation.breaks}${killer ? ` (${killer})` : ''}`,
  )
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** The first of its tests that fails with the mutation; undefined when none does. */
function tryOut({ file, from, to, tests }) {
  const path = `${build}service/${file}.js`
  const code = readFileSync(path, 'utf8')
  const times = code.split(from).length - 1
  if (times !== 1) {
    console.log(`The list is out of date: "${from}" is ${times} times in ${file}.`)
    return undefined
  }
  writeFileSync(
    path,
    code.replace(from, () => to),
  )
  try {
    return tests.find((test) => !passes(test))
  } finally {
    writeFileSync(path, code)
  }
}

function passes(test) {
  const path = `${build}tests/${test}.test.js`
  if (!existsSync(path)) throw new Error(`there is no test ${test}`)
  return spawnSync(process.execPath, [path], { cwd: build, stdio: 'ignore', timeout: LIMIT_MS }).status === 0
}
