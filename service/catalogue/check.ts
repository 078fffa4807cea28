/** All that is wrong with the templates of a folder, or could be better, for those who write them. */
import { realpath } from 'node:fs/promises'
import type { Finding } from '../notebook/review/finding.ts'
import { reviewTemplate } from '../notebook/review/review.ts'
import { byPath } from './by-path.ts'
import { type CatalogueFault, loadTemplate, misnamedFault } from './load.ts'
import { RulesFault, readRules, rulesFile, unmatchedRules } from './rules.ts'
import { resolveInside, scanFolder } from './scan.ts'
import { findThumbnail } from './thumbnail.ts'

export interface Checked {
  /** How many templates were looked at. */
  readonly templates: number
  /** By path, those of a notebook as they stand in it. */
  readonly findings: readonly PathFinding[]
}
export interface PathFinding extends Finding {
  /** Of a file below the template folder. */
  readonly path: string
}

/**
 * @param kernels names of the hub's kernels, if they are known
 * @throws when the folder cannot be read
 */
export async function checkFolder(dir: string, kernels?: ReadonlySet<string>): Promise<Checked> {
  const folder = await realpath(dir)
  const { paths, misnamed } = await scanFolder(folder)
  const findings = [
    ...(await rulesFindings(folder, [...paths, ...misnamed])),
    ...misnamed.map(misnamedFault).map(unusable),
  ]
  for (const path of paths) {
    const real = await resolveInside(folder, path)
    const loaded = real === undefined ? undefined : await loadTemplate(path, real)
    if (loaded?.fault) findings.push(unusable(loaded.fault))
    else if (loaded) {
      const { file, compiled } = loaded
      const found = reviewTemplate({ path, bytes: file.bytes, compiled, kernels })
      const { thumbnail } = await findThumbnail(folder, path, file.bytes, compiled)
      if (compiled.card.thumbnail !== undefined && thumbnail === undefined) findings.push(noThumbnail(path))
      findings.push(...found.map((finding) => ({ path, ...finding })))
    }
  }
  return { templates: paths.length + misnamed.length, findings: findings.sort(byPath) }
}

/** A service does not start with rules that it cannot follow; with rules that match nothing (yet) it does. */
async function rulesFindings(folder: string, templates: readonly string[]): Promise<PathFinding[]> {
  const about = { path: rulesFile, rule: 'rules' } as const
  try {
    const unmatched = unmatchedRules(await readRules(folder), templates)
    return unmatched.map((reason) => ({ ...about, severity: 'warning', reason }))
  } catch (error) {
    if (!(error instanceof RulesFault)) throw error
    return [{ ...about, severity: 'fault', reason: error.message }]
  }
}

function noThumbnail(path: string): PathFinding {
  const reason = 'the file that its thumbnail names is not there, or is no image of at most 512 KiB'
  return { path, rule: 'thumbnail', severity: 'warning', reason }
}

function unusable({ path, reason, cell }: CatalogueFault): PathFinding {
  return { path, rule: 'unusable', severity: 'fault', ...(cell !== undefined && { cell }), reason }
}
