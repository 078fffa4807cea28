/** Runs tap on built test files and counts from what it prints. */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'tap-parser'
import { project } from './prepare.mjs'

const mostComments = 200

/**
 * @param {string} title of this run, and the name of the file in `artefacts/` that keeps its whole TAP
 * @param {readonly string[]} files built tests
 * @param {{ jobs: number, timeout_s: number, node?: string }} options `node`: folder of another Node.js
 * @returns {Promise<{ passed: number, failed: number }>} assertions; what did not run to its end is a failed one
 */
export async function runTap(title, files, { jobs, timeout_s, node }) {
  console.log(`\n— ${title}: ${files.length} files`)
  mkdirSync(join(project, 'artefacts'), { recursive: true })
  const counts = { passed: 0, failed: 0 }
  const parser = new Parser()
  parser.on('child', (child) => watchFile(child, counts))
  const path = node ? `${node}:${process.env.PATH}` : process.env.PATH
  const tap = join(project, 'node_modules/.bin/tap')
  const child = spawn(tap, ['run', '--reporter=tap', `--jobs=${jobs}`, `--timeout=${timeout_s}`, ...files], {
    cwd: project,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(createWriteStream(join(project, 'artefacts', `${title.replaceAll(' ', '-')}.tap`)))
  child.stdout.pipe(parser)
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(-1))
    child.on('close', resolve)
  })
  const ran = counts.passed + counts.failed > 0
  if (counts.failed === 0 && (code !== 0 || !ran)) counts.failed++
  console.log(`— ${title}: ${counts.passed} passed, ${counts.failed} failed`)
  return counts
}

/** One test file: shows a line for it, and where it failed all that explains it. */
function watchFile(file, counts) {
  const inFile = { passed: 0, failed: 0, faults: [], comments: [] }
  watch(file, [], inFile)
  file.on('complete', (end) => {
    // A file that died or ran out of time fails without a failed assertion; one that could not be loaded has none at all.
    const isOk = end.ok && inFile.passed + inFile.failed > 0
    if (!isOk && inFile.failed === 0) inFile.failed++
    counts.passed += inFile.passed
    counts.failed += inFile.failed
    const name = file.name.replace(/^build\/tests\//, '')
    console.log(
      `  ${isOk ? 'ok    ' : 'FAILED'} ${name} (${inFile.passed + inFile.failed}, ${seconds(end.time)})`,
    )
    // A comment that is the row of a table is a figure to be seen.
    for (const row of inFile.comments.filter((comment) => comment.startsWith('# |'))) {
      process.stdout.write(`      ${row.slice(2)}`)
    }
    if (isOk) return
    for (const fault of inFile.faults) console.log(fault)
    for (const comment of inFile.comments.slice(-mostComments)) process.stdout.write(`      ${comment}`)
    if (end.bailout) console.log(`      bailed out: ${end.bailout}`)
  })
}

function watch(parser, path, inFile) {
  const subtests = new Set()
  parser.on('child', (child) => {
    subtests.add(child.name)
    watch(child, [...path, child.name], inFile)
  })
  parser.on('comment', (comment) => {
    if (!comment.startsWith('# Subtest')) inFile.comments.push(comment)
  })
  parser.on('assert', (result) => {
    const left = result.skip || result.todo
    const ok = result.ok && !left
    // The line that closes a subtest is no assertion of its own.
    if (subtests.has(result.name) && result.ok) return
    if (subtests.has(result.name) && inFile.failed > 0) return
    if (ok) inFile.passed++
    else {
      inFile.failed++
      inFile.faults.push(
        `    × ${[...path, result.name].join(' › ')}${left ? ' (left out)' : ''}${details(result.diag)}`,
      )
    }
  })
}

function details(diag) {
  if (!diag) return ''
  const { source, stack, at, ...rest } = diag
  const where = at?.fileName ? `\n      at ${at.fileName}:${at.lineNumber}` : ''
  const lines = Object.entries(rest).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return `\n      ${key}: ${text?.slice(0, 4000).replaceAll('\n', '\n        ')}`
  })
  return where + lines.join('')
}

const seconds = (ms) => `${((ms ?? 0) / 1000).toFixed(1)} s`
