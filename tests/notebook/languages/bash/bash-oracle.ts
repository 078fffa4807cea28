import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node } from 'web-tree-sitter'
import { words } from '../../../../service/notebook/languages/language.ts'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import { inProject } from '../../../support/paths.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { run } from '../../support.ts'
import { strangeNode } from '../shared/literal-tree.ts'

const kinds = words(`
  program comment unset_command declaration_command variable_assignment variable_name word number raw_string
  ansi_c_string concatenation array`)

/** No word is a command; nothing is expanded in those that stand for values. */
function isLiteral(node: Node): boolean {
  const parent = node.parent?.type
  switch (node.type) {
    case 'unset_command':
      return /^unset -v( \w+)+$/.test(node.text)
    case 'declaration_command':
      return /^declare \+i( \w+)+$/.test(node.text)
    case 'word':
      return parent === 'concatenation' ? node.text === "\\'" : /^[\w.+-]*$/.test(node.text)
    case 'variable_assignment':
      return parent === 'program'
  }
  return true
}

/** Each cell in a shell of its own, twice, behind one that left all its variables as integers and arrays. */
export const bashOracle: Oracle = async (cases) => judge(cases, runScripts(cases))

/** All cells one after the other in one interactive shell, handed over line by line as bash_kernel does. */
export const interactiveBashOracle: Oracle = async (cases) => judge(cases, runInteractively(cases))

async function judge(
  cases: readonly OracleCase[],
  shown: readonly (readonly string[])[],
): Promise<(string | undefined)[]> {
  const faults: (string | undefined)[] = []
  for (const [index, one] of cases.entries()) {
    const names = new Set(Object.values(one.names))
    const isFine = (node: Node) => isLiteral(node) && (node.type !== 'variable_name' || names.has(node.text))
    faults.push((await strangeNode('bash', one.source, kinds, isFine)) ?? faultOf(one, shown[index] ?? []))
  }
  return faults
}

function faultOf({ params }: OracleCase, shown: readonly string[]): string | undefined {
  const wanted = [...readParameters(params).flatMap(([, value]) => expected(value)), 'end']
  const at = wanted.findIndex((part, index) => part !== shown[index])
  if (at < 0 && shown.length === wanted.length) return undefined
  return `${JSON.stringify(shown.slice(Math.max(0, at - 2), at + 2))}, not ${JSON.stringify(wanted[at])}`.slice(
    0,
    500,
  )
}

/** What run_cells.sh shows of a value that came as the docs say (docs/languages.md). */
function expected(value: Value): string[] {
  if (value.kind === 'list') return ['array', String(value.items.length), ...value.items.map(wordOf)]
  return ['text', wordOf(value)]
}

function wordOf(value: Value): string {
  if (value.kind === 'null') return ''
  return value.kind === 'text' ? value.value : writeValue(value)
}

function runScripts(cases: readonly OracleCase[]): string[][] {
  return withCells(cases, (folder) =>
    run('bash', [inProject('tests/notebook/languages/bash/run_cells.sh'), folder], ''),
  )
}

function runInteractively(cases: readonly OracleCase[]): string[][] {
  return withCells(cases, (folder) =>
    run('python3', [inProject('tests/notebook/languages/bash/run_interactive.py'), folder], ''),
  )
}

function withCells(cases: readonly OracleCase[], runAll: (folder: string) => string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'bash-oracle-'))
  try {
    cases.forEach(({ params, source, names }, index) => {
      writeFileSync(join(folder, String(index)), `${source}\n`)
      const lines = readParameters(params).map(([name]) => `${names[name]}\n`)
      writeFileSync(join(folder, `${index}.names`), lines.join(''))
    })
    const parts = runAll(folder).split('\0')
    const shown: string[][] = []
    // A value may be the word `cell` itself: the parts are read as they were written.
    for (let at = 0; at < parts.length - 1; ) {
      at++
      const cell: string[] = []
      while (at < parts.length - 1 && parts[at] !== 'cell') {
        const size = parts[at] === 'array' ? 2 + Number(parts[at + 1]) : parts[at] === 'end' ? 1 : 2
        cell.push(...parts.slice(at, at + size))
        at += size
      }
      shown.push(cell)
    }
    return shown
  } finally {
    rmSync(folder, { recursive: true })
  }
}
