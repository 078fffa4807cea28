import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node } from 'web-tree-sitter'
import { words } from '../../../../service/notebook/languages/language.ts'
import { inProject } from '../../../support/paths.ts'
import { plainly } from '../../../support/plainly.ts'
import type { Oracle } from '../../oracle.ts'
import { strangeNode } from '../shared/literal-tree.ts'
import { runCell } from './javascript-oracle.ts'

const kinds = words(`
  program comment variable_declaration lexical_declaration variable_declarator identifier number string string_fragment
  escape_sequence null true false unary_expression array object pair computed_property_name
  type_annotation predefined_type array_type generic_type type_identifier type_arguments union_type parenthesized_type
  spread_element parenthesized_expression as_expression`)

function isLiteral(node: Node): boolean {
  switch (node.type) {
    case 'unary_expression':
      return node.text.startsWith('-')
    case 'spread_element':
      return node.text === '...([] as any[])'
    case 'identifier':
      return (
        node.parent?.childForFieldName('name')?.id === node.id ||
        node.text === 'NaN' ||
        node.text === 'Infinity'
      )
  }
  return true
}

interface Compiled {
  /** The first error in each source. */
  readonly faults: readonly (string | undefined)[]
  /** What came of those without one. */
  readonly scripts: readonly string[]
}

/** Each source as a module, by the project's own compiler, as strict as it can be. */
export function compileModules(sources: readonly string[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'typescript-oracle-'))
  const file = (index: number) => join(folder, 'cells', `${index}.ts`)
  try {
    mkdirSync(join(folder, 'cells'))
    sources.forEach((source, index) => {
      writeFileSync(file(index), `${source}\nexport {};\n`)
    })
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['cells'] }))
    const faults: (string | undefined)[] = sources.map(() => undefined)
    while (faults.includes(undefined)) {
      const found = runCompiler(folder)
      if (found.size === 0) break
      // What cannot be read keeps the compiler from looking at the types of anything: again, without it.
      for (const [index, fault] of found) {
        faults[index] = fault
        rmSync(file(index))
      }
    }
    const script = (index: number) => readFileSync(join(folder, 'out', `${index}.js`), 'utf8')
    return {
      faults,
      scripts: faults.map((fault, index) => (fault ? '' : script(index).replace('export {};', ''))),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const compilerOptions = {
  strict: true,
  target: 'es2020',
  lib: ['es2020'],
  module: 'esnext',
  types: [],
  moduleDetection: 'force',
  outDir: 'out',
  rootDir: 'cells',
}

function runCompiler(folder: string): Map<number, string> {
  const tsc = inProject('node_modules/.bin/tsc')
  const [program, args] = plainly(tsc, ['--project', folder, '--pretty', 'false'])
  const options = { cwd: folder, encoding: 'utf8' as const, maxBuffer: 2 ** 28 }
  const { stdout, stderr, status, error } = spawnSync(program, args, options)
  if (error) throw error
  const found = new Map<number, string>()
  for (const [line, index] of stdout.matchAll(/^cells\/(\d+)\.ts.*: error .*$/gm))
    if (!found.has(Number(index))) found.set(Number(index), line)
  if (status !== 0 && found.size === 0) throw new Error(`tsc ended with ${status}: ${stdout}${stderr}`)
  return found
}

/** Every cell compiled as a module, and what came of it run. */
export const typescriptOracle: Oracle = async (cases) => {
  const { faults, scripts } = compileModules(cases.map(({ source }) => source))
  const found: (string | undefined)[] = []
  for (const [index, one] of cases.entries()) {
    const strange = await strangeNode('typescript', one.source, kinds, isLiteral)
    found.push(faults[index] ?? strange ?? runCell({ ...one, source: scripts[index]! }))
  }
  return found
}
