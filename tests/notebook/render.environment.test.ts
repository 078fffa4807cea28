import fc from 'fast-check'
import t, { type Test } from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { compileTemplate } from '../../service/notebook/compile.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { renderNotebook } from '../../service/notebook/render.ts'
import { TemplateFault } from '../../service/notebook/template-fault.ts'
import { notebooks } from './mutations.ts'
import { savingFaults } from './nbformat-oracle.ts'
import { assemble, label, madeFrom } from './support.ts'
import { variants } from './variants.ts'

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

t.test('and of random templates, of later versions too', async (t) => {
  const files = fc
    .sample(notebooks(), { numRuns: 4000, seed: 8 })
    .flatMap((notebook) => made(Buffer.from(notebook)) ?? [])
  t.ok(files.length > 1500)
  checkAll(t, files)
})

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
