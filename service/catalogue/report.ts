/** What `check` prints. */
import type { Checked, PathFinding } from './check.ts'

/** One line for each finding, and one that counts. */
export function writeText({ templates, findings }: Checked): string {
  const lines = findings.map(({ path, cell, severity, reason }) => {
    const place = cell === undefined ? shown(path) : `${shown(path)}, cell ${cell}`
    return severity === 'fault' ? `${place}: ${reason}` : `${place}: warning: ${reason}`
  })
  const { faults, warnings } = count(findings)
  const withWarnings = warnings === 0 ? '' : `, ${warnings} with a warning`
  return [...lines, `${templates} templates, ${faults} with a fault${withWarnings}`, ''].join('\n')
}

/** The same for programs: an object with the two counts and all findings. */
export function writeJson({ templates, findings }: Checked): string {
  return `${JSON.stringify({ templates, ...count(findings), findings }, null, 2)}\n`
}

/** How many templates have a fault, and how many a warning. */
export function count(findings: readonly PathFinding[]): { faults: number; warnings: number } {
  const having = (severity: string) =>
    new Set(findings.filter((finding) => finding.severity === severity).map(({ path }) => path)).size
  return { faults: having('fault'), warnings: having('warning') }
}

/** A name that could spoil a terminal or the line structure shows its odd characters in escapes. */
function shown(path: string): string {
  return path.replace(
    /[\p{Cc}\p{Cf}\p{Surrogate}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
}
