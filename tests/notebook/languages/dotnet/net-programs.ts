import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject } from '../../../support/paths.ts'
import { run } from '../../support.ts'

const built = new Map<string, readonly string[]>()

/** The command of a program of this folder, which is built once. */
function commandOf(name: string): readonly string[] {
  let command = built.get(name)
  if (command === undefined) {
    const sources = [name, 'NetValues'].map((file) => inProject(`tests/notebook/languages/dotnet/${file}.cs`))
    const args = [inProject('tests/support/dotnet.mjs'), name, ...sources]
    command = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as string[]
    built.set(name, command)
  }
  return command
}

/** The lines that a program of this folder prints for each cell. */
export function runNetCells(name: string, cells: readonly string[]): string[][] {
  const [dotnet = '', ...options] = commandOf(name)
  const folder = mkdtempSync(join(tmpdir(), 'net-cells-'))
  try {
    const file = join(folder, 'cells')
    writeFileSync(file, cells.map((cell) => `${cell}\n\u0001\n`).join(''))
    const set: string[][] = [[]]
    for (const line of run(dotnet, [...options, file], '')
      .trimEnd()
      .split('\n'))
      if (line === 'end') set.push([])
      else set.at(-1)!.push(line)
    return set
  } finally {
    rmSync(folder, { recursive: true })
  }
}
