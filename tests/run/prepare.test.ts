import { existsSync } from 'node:fs'
import t from 'tap'
import { inProject } from '../support/paths.ts'

t.test('a test that needs no hub asks for no Python, wherever it is', async (t) => {
  const { systemPartsOf } = await import(inProject('tests/run/prepare.mjs'))
  t.strictSame(systemPartsOf(['build/tests/hub/http.unit.test.js']), [])
  t.strictSame(systemPartsOf(['build/tests/hub/login.test.js']), ['python3-venv'])
})

t.test('the tests that `npm run test:unit` leaves out for their time are there', async (t) => {
  const { slowTests } = await import(inProject('tests/run/slow.mjs'))
  t.ok(slowTests.size > 20)
  for (const file of slowTests) {
    const source = file.replace(/^build\//, '').replace(/\.js$/, '.ts')
    t.ok(existsSync(inProject(source)), source)
  }
})
