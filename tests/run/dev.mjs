/** `npm run dev`: the service without a hub; a change of a source builds it, and starts it again. Ctrl-C ends it. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { project, run } from './prepare.mjs'

// Node.js itself starts it again when a file that it has loaded is written.
const service = spawn(process.execPath, ['--watch', 'build/service/main.js'], {
  cwd: project,
  stdio: 'inherit',
})
let building
const watcher = watch(join(project, 'service'), { recursive: true }, (_event, name) => {
  if (!name?.endsWith('.ts')) return
  clearTimeout(building)
  // An editor writes more than once.
  building = setTimeout(() => run('npm', 'run', '--silent', 'build'), 100)
})
service.on('exit', () => watcher.close())
