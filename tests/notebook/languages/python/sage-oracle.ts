import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { binOf, inProject } from '../../../support/paths.ts'
import type { Oracle } from '../../oracle.ts'
import { run } from '../../support.ts'

/** Sage's own preparser and numbers, and Python's `ast` for the tree of what comes out. */
export const sageOracle: Oracle = (cases) => {
  execFileSync(process.execPath, [inProject('tests/support/environments.mjs'), 'sage'])
  const program = inProject('tests/notebook/languages/python/run_cells_sage.py')
  const faults = run(join(binOf('sage'), 'python'), [program], JSON.stringify(cases))
  return (JSON.parse(faults) as (string | null)[]).map((fault) => fault ?? undefined)
}
