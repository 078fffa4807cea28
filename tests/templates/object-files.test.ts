/** The template that asks SampleDB itself: what it shows, and to whom its token goes. */
import { readdir, readFile } from 'node:fs/promises'
import t from 'tap'
import { startBystander } from '../support/listen.ts'
import { executeAll } from './execute.ts'
import { hostileCases, kindCases, type ObjectCase, token } from './object-files-cases.ts'
import { startStub } from './stub-sampledb.ts'
import { render } from './support.ts'
import { objectFiles } from './templates.ts'

t.setTimeout(600_000)

t.test('no click brings a text into an address', async (t) => {
  for (const objectId of ['"17"', '"17/../../users/1"', '17.5', 'true', '0', '-1', '[17]', '{"en": "17"}'])
    await t.rejects(render(objectFiles, `{"object_id": ${objectId}}`), { code: 20 }, objectId)
})

t.test('the template that asks SampleDB', { timeout: 600_000 }, async (t) => {
  const elsewhere = await startBystander(t)
  const cases: readonly ObjectCase[] = [...kindCases, ...hostileCases(elsewhere.origin)]
  const nameOf = (one: ObjectCase) => `case-${cases.indexOf(one)}`
  const stub = await startStub(t, Object.fromEntries(cases.map((one) => [nameOf(one), one.replies])))
  const notebooks = cases.map((one) => ({
    template: objectFiles,
    params: '{"object_id": 17}',
    ...(one.objectId && { changed: ['object_id = 17', `object_id = ${one.objectId}`] as const }),
    environment: {
      SAMPLEDB_URL: `${stub.origin}/${nameOf(one)}`,
      SAMPLEDB_TOKEN: token,
      ...one.environment,
    },
    ...(one.without && { without: one.without }),
  }))
  const runOf = await executeAll(notebooks, t.testdir())

  for (const [index, one] of cases.entries()) {
    t.test(one.label, async (t) => {
      const notebook = runOf(notebooks[index]!)
      t.strictSame(notebook.errors, [], 'no cell fails')
      t.equal(notebook.warnings, '', 'no cell warns')
      const synthetic = notebook.figures.map(({ texts }) => texts.includes('SYNTHETIC'))
      const [size, usual] = [notebook, runOf(notebooks[0]!)].map(({ figures }) => figures[0]?.size ?? [])
      t.ok(
        size!.every((pixels, side) => Math.abs(pixels / usual![side]! - 1) < 0.1),
        'the figure keeps its size',
      )
      t.strictSame(synthetic, [one.figure === undefined], 'one figure, which says so if it is synthetic')
      t.equal(/SYNTHETIC/.test(notebook.text), one.figure === undefined, 'and so do the cells')
      for (const text of one.figure ?? []) t.ok(notebook.figures[0]?.texts.includes(text), `it has ${text}`)
      for (const sentence of one.says) t.match(notebook.text, sentence, `says ${sentence}`)
      const asked = stub.asked.get(nameOf(one)) ?? []
      t.strictSame(
        asked.map(({ path }) => path),
        one.asks,
        'it asks for this and nothing else',
      )
      for (const { authorization } of asked) t.equal(authorization, `Bearer ${token}`)
      const whole = await readFile(notebook.path, 'utf8')
      t.notOk(new RegExp(`${token}|${btoa(token)}`, 'i').test(whole), 'the token is not in the notebook')
      t.strictSame(await readdir(notebook.folder), [], 'nothing is written')
    })
  }
  t.strictSame(elsewhere.asked, [], 'nobody else is asked for anything')
})
