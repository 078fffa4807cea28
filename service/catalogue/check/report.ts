/** What `check` prints, in one of its formats. */
import { relative, resolve, sep } from 'node:path'
import type { Checked, FileFinding } from './check.ts'

/** Writes what was found. `dir` is the folder as it was given. */
type WriteReport = (checked: Checked, dir: string) => string

/** The formats by their names. */
export const reports = { text: writeText, json: writeJson, github: writeGithub } as const satisfies Record<
  string,
  WriteReport
>

/** Two lines for each finding, and one that counts. */
function writeText({ templates, findings }: Checked): string {
  const lines = findings.flatMap(({ file, cell, line, severity, code, message, remedy }) => {
    const place = [atLineStart(shown(file)), ...placeIn({ cell, line })].join(', ')
    return [`${place}: ${severity}: ${shown(message)} [${code}]`, `  ${shown(remedy)}`]
  })
  return [...lines, summary(templates, findings), ''].join('\n')
}

/** The same for programs: an object with the two counts and all findings; no command for a runner (see `shown`) either. */
function writeJson({ templates, findings }: Checked): string {
  const text = JSON.stringify({ templates, ...count(findings), findings }, null, 2)
  return `${text.replaceAll('##[', '##\\u005b')}\n`
}

/**
 * The same as workflow commands of GitHub Actions, which it shows beside the lines of the files, and one line that counts.
 * Files are named from the repository on, where it is known. Escaped as actions/toolkit does it (core/src/command.ts).
 */
function writeGithub({ templates, findings }: Checked, dir: string): string {
  const root = process.env.GITHUB_WORKSPACE || process.cwd()
  const lines = findings.map(({ file, cell, line, fileLine, severity, code, message, remedy }) => {
    const properties = {
      file: relative(root, resolve(dir, file)).split(sep).join('/'),
      ...(fileLine !== undefined && { line: String(fileLine) }),
      title: code,
    }
    const written = Object.entries(properties).map(
      ([name, value]) => `${name}=${escapeProperty(shown(value))}`,
    )
    const place = cell === undefined ? '' : `${placeIn({ cell, line }).join(', ')}: `
    const command = severity === 'fault' ? 'error' : 'warning'
    return `::${command} ${written.join(',')}::${escapeData(shown(`${place}${message}. ${remedy}`))}`
  })
  return [...lines, summary(templates, findings), ''].join('\n')
}

function summary(templates: number, findings: readonly FileFinding[]): string {
  const { faults, warnings } = count(findings)
  const withWarnings = warnings === 0 ? '' : `, ${warnings} with a warning`
  return `${templates} templates, ${faults} with a fault${withWarnings}`
}

/** How many files have a fault, and how many a warning. */
export function count(findings: readonly FileFinding[]): { faults: number; warnings: number } {
  const having = (severity: string) =>
    new Set(findings.filter((finding) => finding.severity === severity).map(({ file }) => file)).size
  return { faults: having('fault'), warnings: having('warning') }
}

function placeIn({ cell, line }: { readonly cell: number | undefined; readonly line: number | undefined }) {
  return [...(cell === undefined ? [] : [`cell ${cell}`]), ...(line === undefined ? [] : [`line ${line}`])]
}

/**
 * What could spoil a terminal or the line structure shows its odd characters in escapes. So does `##[`, which begins a command for
 * the runner of GitHub Actions anywhere in a line (actions/runner, src/Runner.Common/ActionCommand.cs).
 */
function shown(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Surrogate}]|(?<=##)\[/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
}

/** A line that begins with `::` is a command for that runner, too. */
function atLineStart(file: string): string {
  return /^\s*::/.test(file) ? `./${file}` : file
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
