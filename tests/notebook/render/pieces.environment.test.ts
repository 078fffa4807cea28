import fc from 'fast-check'
import t, { type Test } from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { renderNotebook } from '../../../service/notebook/render/pieces.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { notebooks } from '../mutations.ts'
import { assemble, label, madeFrom } from '../support.ts'
import { countErrors, savingFaults } from '../template/nbformat-oracle.ts'
import { variants } from '../variants.ts'

const parameters = readParameters('{"a": 1.0, "class": "µm \\"x\\"\\\\\\n\\u0000", "l": [NaN, null]}')

/** The notebook made of a template; undefined when it cannot be one. */
function made(file: Uint8Array): string | undefined {
  try {
    const template = compileTemplate(file)
    return assemble(renderNotebook(template, makeCell(parameters, template, []), madeFrom), file).toString()
  } catch (error) {
    if (error instanceof TemplateFault) return undefined
    throw error
  }
}

function checkAll(t: Test, files: readonly string[]): void {
  const faults = savingFaults(files)
  const wrong = files.flatMap((file, index) => (faults[index] === null ? [] : [[faults[index], label(file)]]))
  t.same(wrong.slice(0, 3), [], `${wrong.length} of ${files.length} are not valid`)
}

t.test(
  'of every variant of a template, the real nbformat validates, opens and saves what is made',
  async (t) => {
    const files = Array.from(variants(), ({ bytes }) => made(bytes)!)
    t.equal(files.length, 5184)
    checkAll(t, files)
  },
)

t.test(
  'what is made of random templates, of later versions too, is never less valid than they are',
  async (t) => {
    const templates = fc
      .sample(notebooks(), { numRuns: 1500, seed: 8 })
      .filter((notebook) => made(Buffer.from(notebook)) !== undefined)
    t.ok(templates.length > 500)
    const files = templates.map((notebook) => made(Buffer.from(notebook))!)
    const isValid = templates.map(
      (notebook) => compileTemplate(Buffer.from(notebook)).deviations.length === 0,
    )
    checkAll(
      t,
      files.filter((_, index) => isValid[index]),
    )
    const before = countErrors(templates)
    const after = countErrors(files)
    t.same(
      files.filter((_, index) => after[index]! > before[index]!).map(label),
      [],
      `${isValid.filter((valid) => !valid).length} of them are not valid`,
    )
  },
)

t.test('three hundred levels are opened and saved', async (t) => {
  const inMetadata = (levels: number, value: string) =>
    `{"cells":[],"metadata":{"a":${value}},"nbformat":4,"nbformat_minor":5}`.replace('#', String(levels))
  const lists = inMetadata(298, '['.repeat(298) + ']'.repeat(298))
  const objects = inMetadata(298, `${'{"a":'.repeat(298)}1${'}'.repeat(298)}`)
  checkAll(
    t,
    [lists, objects].map((file) => made(Buffer.from(file))!),
  )
})
