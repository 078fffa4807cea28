import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node } from 'web-tree-sitter'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { label } from '../../support.ts'
import { namedNodes, parseTree } from './tree.ts'

/** What an oracle must know of a compiled language. */
export interface Compiled {
  readonly grammar: string
  /** Kinds of nodes that assignments of literals consist of. */
  readonly kinds: ReadonlySet<string>
  /** Looks closer at a node of such a kind; `variables` are those that the cell is to set. */
  isFine(node: Node, variables: ReadonlySet<string>): boolean
  /** The kind of node that sets a variable. */
  readonly declaration: string
  /** How many variables a cell sets beside its own. */
  companions?(source: string): number
  /**
   * A program that runs each cell in a function of its own, after a line `// cell N`. It prints, a line each: `cell N`,
   * and for each of its variables what `form` says.
   */
  program(cells: readonly OracleCase[]): string
  /** What must be printed of a variable that was set to the value. */
  form(value: Value): string
  /** The program's file, and how to make `program` of it. */
  readonly file: string
  readonly compile: readonly [command: string, ...args: string[]]
  readonly environment?: Readonly<Record<string, string>>
}

/** An oracle that compiles many cells as one program, and fewer and fewer when they do not compile. */
export function compiledOracle(language: Compiled): Oracle {
  return async (cases) => {
    const faults = await Promise.all(cases.map((each) => strangeness(language, each)))
    const readable = cases.filter((_, index) => faults[index] === undefined)
    const found = new Map<OracleCase, string | undefined>()
    judge(language, readable, found)
    return cases.map((each, index) => faults[index] ?? found.get(each))
  }
}

/** What a cell has beside assignments of literals to its variables. */
async function strangeness(language: Compiled, each: OracleCase): Promise<string | undefined> {
  const { source } = each
  const variables = new Set(variablesOf(each))
  const tree = await parseTree(language.grammar, source)
  let set = 0
  try {
    for (const node of namedNodes(tree)) {
      if (node.type === language.declaration) set++
      if (language.kinds.has(node.type) && !node.isMissing && language.isFine(node, variables)) continue
      return `${node.type} at ${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${label(node.text.slice(0, 80))}`
    }
  } finally {
    tree.delete()
  }
  const wanted = variables.size + (language.companions?.(source) ?? 0)
  return set === wanted ? undefined : `${variables.size} sent, ${set} set`
}

/** Those that the compiler complains of are judged alone; when it does not say which, both halves are judged apart. */
function judge(
  language: Compiled,
  cases: readonly OracleCase[],
  found: Map<OracleCase, string | undefined>,
): void {
  if (cases.length === 0) return
  const program = language.program(cases)
  const { lines, fault } = run(language, program)
  if (lines !== undefined) {
    for (const [index, each] of cases.entries()) found.set(each, difference(language, each, lines.get(index)))
    return
  }
  if (cases.length === 1) {
    found.set(cases[0]!, fault!.slice(0, 1000))
    return
  }
  // What is wrong without any cell is wrong with the oracle.
  if (found.size === 0) mustRun(language)
  const wrong = complainedOf(fault!, program)
  const rest = cases.filter((_, index) => !wrong.has(index))
  const half = wrong.size === 0 ? Math.ceil(cases.length / 2) : 0
  for (const index of wrong) judge(language, [cases[index]!], found)
  judge(language, rest.slice(0, half), found)
  judge(language, rest.slice(half), found)
}

/** The cells that hold the lines that a compiler names. */
function complainedOf(fault: string, program: string): ReadonlySet<number> {
  const lines = program.split('\n')
  const cells = new Set<number>()
  for (const [, line] of fault.matchAll(/\bcells\.[a-z]+:(\d+)/g)) {
    for (let at = Number(line); at >= 0; at--) {
      const number = /^\/\/ cell (\d+)$/.exec(lines[at] ?? '')?.[1]
      if (number === undefined) continue
      cells.add(Number(number))
      break
    }
  }
  return cells
}

function mustRun(language: Compiled): void {
  const { fault } = run(language, language.program([]))
  if (fault !== undefined) throw new Error(fault)
}

function difference(
  language: Compiled,
  { params }: OracleCase,
  lines: readonly string[] | undefined,
): string | undefined {
  const wanted = readParameters(params).map(([, value]) => language.form(value))
  if (lines === undefined) return 'it printed nothing'
  const index = wanted.findIndex((line, at) => line !== lines[at])
  if (index >= 0) return `${lines[index]?.slice(0, 300)}, wanted ${wanted[index]!.slice(0, 300)}`
  return lines.length === wanted.length ? undefined : 'it printed too much'
}

/** What a program printed of each cell, or why it could not be compiled or run. */
export function run(
  language: Compiled,
  program: string,
): { readonly lines?: ReadonlyMap<number, readonly string[]>; readonly fault?: string } {
  const folder = mkdtempSync(join(tmpdir(), `${language.grammar}-oracle-`))
  try {
    writeFileSync(join(folder, language.file), program)
    const [command, ...args] = language.compile
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 } as const
    const compiled = spawnSync(command, args, {
      ...options,
      env: { ...process.env, ...language.environment },
    })
    if (compiled.error) throw compiled.error
    if (compiled.status !== 0) return { fault: `it does not compile: ${compiled.stderr.slice(0, 1e6)}` }
    const ran = spawnSync(join(folder, 'program'), [], options)
    if (ran.status !== 0) return { fault: `it fails: ${ran.stderr.slice(0, 1000)}` }
    return { lines: byCell(ran.stdout) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function byCell(output: string): ReadonlyMap<number, readonly string[]> {
  const cells = new Map<number, string[]>()
  let current: string[] = []
  for (const line of output.trimEnd().split('\n')) {
    const number = /^cell (\d+)$/.exec(line)?.[1]
    if (number === undefined) {
      current.push(line)
      continue
    }
    current = []
    cells.set(Number(number), current)
  }
  return cells
}

/** The variables of a cell, in the order of the names sent. */
export function variablesOf({ params, names }: OracleCase): string[] {
  return readParameters(params).map(([sent]) => names[sent]!)
}
