/** Opens the catalogue of a folder, makes one notebook of it, and prints the most memory that the process held, in MB. */
import '../../service/start-heap.ts'

import { openCatalogue } from '../../service/catalogue/catalogue.ts'
import { openPieces } from '../../service/catalogue/template-pieces.ts'
import { collectGarbage } from '../../service/start-heap.ts'
import { makePieces } from './core.ts'
import { peakMemory } from './peak.ts'

const [dir = '', stateDir = ''] = process.argv.slice(2)
const catalogue = await openCatalogue({
  dir,
  stateDir,
  log: { warn: console.error },
  afterMany: collectGarbage,
})
await catalogue.completed
const template = await catalogue.find(catalogue.list()[0]?.path ?? '')
if (template === undefined) throw new Error(`no template in ${dir}`)
for await (const piece of openPieces(template.file, makePieces(template).pieces)) void piece
await catalogue.close()
console.log(peakMemory())
