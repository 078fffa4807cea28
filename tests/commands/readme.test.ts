import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { inProject } from '../support/paths.ts'
import { plainly } from '../support/plainly.ts'

t.setTimeout(120_000)

const readme = readFileSync(inProject('README.md'), 'utf8')
const shown = [...readme.matchAll(/^ *```sh\n(.*?)^ *```/gms)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.trim())
  // An assignment is a setting of another program.
  .filter((line) => line !== '' && !/^[A-Z_]+=/.test(line))

/** Where each command of the README is run; a function runs it here. */
const runBy: Record<string, string | ((command: string) => void)> = {
  'npm run demo -- --sampledb': 'tests/commands/demo-sampledb.test.ts',
  'npm run demo': 'tests/commands/demo.test.ts',
  'npm start': 'tests/commands/start.test.ts',
  'pip install jupyterhub-notebook-templates': 'tests/hub-config/wheel.ts',
  'npm ci': 'tests/run/prepare.mjs',
  'npm run build': (command) => runs(`${command} -- --noEmit`),
  'cp -r templates': (command) => runs(command.replace('/srv/notebook-templates', copied)),
  'npm run bench': '.ci/nightly',
  'npm run dev': 'tests/commands/dev.test.ts',
  'npm run test:unit': (command) => runs(`${command} -- architecture`),
  'npm run typecheck': (command) => runs(command),
  'npm test': '.ci/run',
  'npx notebook-templates render': (command) =>
    runs(command.replace('params.json', params).replace('analysis.ipynb', made)),
  echo: (command) => runs(command.replace('params.json', params)),
  'npx notebook-templates check templates': (command) => runs(command),
}

const dir = t.testdir()
const params = join(dir, 'params.json')
const made = join(dir, 'analysis.ipynb')
const copied = join(dir, 'copied')

function runs(command: string): void {
  const { status, stdout, stderr } = spawnSync(...plainly('bash', ['-c', command]), {
    cwd: inProject(),
    encoding: 'utf8',
  })
  t.equal(status, 0, `${command}\n${stdout}${stderr}`)
}

t.test('every command in the README is run by a test, by .ci/run or by .ci/nightly', async (t) => {
  t.ok(shown.length >= 8, 'there are commands')
  for (const command of shown) {
    const [name = '', by] = Object.entries(runBy).find(([start]) => command.startsWith(start)) ?? []
    if (by === undefined) t.fail(`nobody runs: ${command}`)
    else if (typeof by === 'function') by(command)
    else {
      const text = readFileSync(inProject(by), 'utf8')
      t.ok(
        name.split(' ').every((word) => text.includes(word)),
        `${by} runs ${name}`,
      )
    }
  }
})

t.test('what the README renders is a notebook with its parameter', async (t) => {
  t.match(readFileSync(made, 'utf8'), 'measurement_name = \\"Experiment-12345\\"')
})

t.test('the README names every Debian package of the full suite', async (t) => {
  const { systemPartsOf } = await import(inProject('tests/run/prepare.mjs'))
  for (const name of systemPartsOf() as string[]) t.match(readme, `\`${name}\``, name)
})

t.test('links and pictures of the README are there', async (t) => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target)
  t.ok(targets.length > 5)
  for (const target of targets) t.doesNotThrow(() => readFileSync(inProject(target)), target)
})
