import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkPython } from '../../service/execution/run-notebook.ts'

t.test('no module of the current folder is imported', async (t) => {
  const spoilt = 'open(__file__ + ".ran", "w").close()'
  const dir = t.testdir({ 'nbclient.py': spoilt, 'nbformat.py': spoilt, tmp: {} })
  const { TMPDIR } = process.env
  process.env.TMPDIR = join(dir, 'tmp')
  const before = process.cwd()
  t.teardown(() => {
    process.chdir(before)
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  })
  process.chdir(dir)
  // Whether this Python has nbclient is another question.
  await checkPython('python3', { PATH: process.env.PATH ?? '' }).catch(() => {})
  for (const name of ['nbclient', 'nbformat']) t.notOk(existsSync(join(dir, `${name}.py.ran`)), name)
  t.strictSame(readdirSync(join(dir, 'tmp')), [], 'nothing is left of it')
})
