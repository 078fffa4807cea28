import { inProject } from '../../../support/paths.ts'
import type { Oracle } from '../../oracle.ts'
import { run } from '../../support.ts'

/** Python itself: `ast` for the tree, and its own json for what must have come out. */
export const pythonOracle: Oracle = (cases) => {
  const program = inProject('tests/notebook/languages/python/run_cells.py')
  const faults = JSON.parse(run('python3', [program], JSON.stringify(cases))) as (string | null)[]
  return faults.map((fault) => fault ?? undefined)
}
