/** Opens the catalogue of a folder, makes one notebook of it, and prints the most memory that the process ever held, in MB. */
import { openCatalogue } from '../../service/catalogue/catalogue.ts'
import { openPieces } from '../../service/catalogue/template-pieces.ts'
import { makePieces } from './core.ts'

const [dir = '', stateDir = ''] = process.argv.slice(2)
const catalogue = await openCatalogue({ dir, stateDir, log: { warn: console.error } })
const template = await catalogue.find(catalogue.list()[0]?.path ?? '')
if (template === undefined) throw new Error(`no template in ${dir}`)
for await (const piece of openPieces(template.file, makePieces(template).pieces)) void piece
await catalogue.close()
console.log((process.resourceUsage().maxRSS * 1024) / 1e6)
