import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { inProject } from '../support/paths.ts'

t.test('npm test says what it can do, and begins nothing for an option that it does not know', async (t) => {
  // A copy: a run that began would build this checkout again, under all other tests.
  const copy = t.testdir()
  const isProgram = (path: string) => path.endsWith('.mjs') || !/\.\w+$/.test(path)
  for (const part of ['run.mjs', 'run', 'support'])
    cpSync(inProject(`tests/${part}`), join(copy, 'tests', part), { recursive: true, filter: isProgram })
  for (const [options, status, said] of [
    [['--help'], 0, /^`npm test`: installs/],
    [['-h', 'notebook'], 0, /^`npm test`: installs/],
    [['--hlep'], 2, /^There is no option --hlep\.\n\n`npm test`/],
    [['--node'], 2, /^There is no option --node\./],
    [['-x', '--unit', '--help'], 2, /^There is no option -x\./],
  ] as const) {
    const ran = spawnSync(process.execPath, [join(copy, 'tests/run.mjs'), ...options], { encoding: 'utf8' })
    t.equal(ran.status, status, options.join(' '))
    const [text, other] = status === 0 ? [ran.stdout, ran.stderr] : [ran.stderr, ran.stdout]
    t.match(text, said)
    t.match(text, /npm test -- --node=22 --all +all unit tests\n/, 'with all that there is')
    t.equal(other, '')
  }
  t.strictSame(readdirSync(copy), ['tests'], 'nothing was installed or built')
})
