import t from 'tap'
import { executeAll } from './execute.ts'
import { figures, listCases } from './python-cases.ts'

t.setTimeout(600_000)

t.test('Python templates run without an error in any cell', { timeout: 600_000 }, async (t) => {
  const cases = await listCases()
  const runOf = await executeAll(cases, t.testdir())
  const executedUsually = (of: string) => runOf(cases.find(({ template }) => template === of)!)
  for (const one of cases) {
    const { label, template, says, saysNot } = one
    t.test(label, async (t) => {
      const notebook = runOf(one)
      t.equal(notebook.invalid, null, 'is a valid notebook')
      t.strictSame(notebook.errors, [], 'no cell fails')
      t.equal(notebook.warnings, '', 'no cell warns')
      t.equal(notebook.figures.length, figures[template], 'all figures are made')
      const marked = notebook.figures.some(({ texts }) => texts.includes('SYNTHETIC'))
      t.equal(marked, /SYNTHETIC/.test(notebook.text), 'a synthetic figure says so across it, and no other')
      for (const [at, { size }] of notebook.figures.entries()) {
        const usual = executedUsually(template).figures[at]!.size
        t.ok(
          size.every((pixels, side) => Math.abs(pixels / usual[side]! - 1) < 0.1),
          `a figure of ${size} pixels is about as large as one of ${usual}`,
        )
      }
      for (const sentence of says) t.match(notebook.text, sentence, `says ${sentence}`)
      for (const sentence of saysNot ?? []) t.notMatch(notebook.text, sentence, `does not say ${sentence}`)
    })
  }
})
