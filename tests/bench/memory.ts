import { spawnSync } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inProject } from '../support/paths.ts'
import { type Row, showTimes } from './measure.ts'
import { type BenchTemplate, makeManyTemplates } from './templates.ts'

/** Of what the same Node.js holds that does nothing. */
const goalRatio = 2.3

/** Where one template is, and ten thousand. */
export const fewIn = (folder: string) => join(folder, 'few')
export const manyIn = (folder: string) => join(folder, 'many')

/**
 * The most memory that a process ever held in which a catalogue was opened and a notebook made: its resident set,
 * beside that of the same Node.js that does nothing.
 */
export async function measureMemory(folder: string, templates: readonly BenchTemplate[]): Promise<Row[]> {
  const few = await copyTo(fewIn(folder), join(folder, templates[0]!.path))
  const many = manyIn(folder)
  await makeManyTemplates(many, 10_000)
  const large = await copyTo(join(folder, 'large'), join(folder, templates.at(-1)!.path))
  const node = peakOf('memory-nothing')
  const row = (what: string, size: string, dir: string): Row => {
    const peak = peakOf('memory-child', dir, `${dir}-state`)
    return {
      what,
      size,
      measured: showTimes(peak / node),
      beside: `${Math.round(peak)} MB / ${Math.round(node)} MB`,
      goal: `≤ ${goalRatio.toFixed(1)} ×`,
      met: peak / node <= goalRatio,
    }
  }
  return [
    row('memory, one template / Node alone', '3 KB', few),
    row('memory, 10 000 templates / Node alone', '3 KB', many),
    row('memory, one template / Node alone', '20 MB', large),
  ]
}

async function copyTo(folder: string, file: string): Promise<string> {
  await mkdir(folder)
  await copyFile(file, join(folder, basename(file)))
  return folder
}

/** Runs a program of this folder; what it prints is the most memory that it held, in MB. */
function peakOf(program: string, ...args: string[]): number {
  const file = inProject(`build/tests/bench/${program}.js`)
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  return Number(stdout)
}
