/** All that is wrong with the templates of a folder, or could be better, for those who write them. */

import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type CompiledTemplate,
  type Finding,
  reviewTemplate,
  type SecretNames,
  secretNames,
} from '../../notebook/index.ts'
import { byPath } from '../by-path.ts'
import { placesOfFiles, readFilesBeside } from '../files-beside.ts'
import { type Rules, RulesFault, rulesFile } from '../rules/rule.ts'
import { parametersCellFor, readRules, unmatchedRules } from '../rules/rules.ts'
import {
  type CatalogueFault,
  catalogueFaultOf,
  type Loaded,
  loadTemplate,
  misnamedFault,
} from '../scan/load.ts'
import { resolveInside, scanFolder } from '../scan/scan.ts'
import { findThumbnail } from '../thumbnail.ts'

export interface Checked {
  /** How many templates were looked at. */
  readonly templates: number
  /** By file; those of a notebook as they stand in it. */
  readonly findings: readonly FileFinding[]
}

/** A finding in a file of the folder. */
export interface FileFinding extends Finding {
  /** Below the template folder. */
  readonly file: string
}

/** What may be found beside what `reviewTemplate` finds. */
export const folderCodes = {
  unusable: 'fault',
  rules: 'fault',
  'unmatched-rule': 'warning',
  thumbnail: 'warning',
  'empty-folder': 'fault',
} as const

/** What the check of a folder is told. */
export interface CheckOptions {
  /** Names of the hub's kernels, if they are known. */
  readonly kernels?: ReadonlySet<string> | undefined
  /** Names that are credentials, as SECRET_NAMES. */
  readonly secrets?: SecretNames
}

/** @throws when the folder cannot be read */
export async function checkFolder(dir: string, options: CheckOptions = {}): Promise<Checked> {
  const folder = await realpath(dir)
  const { paths, misnamed } = await scanFolder(folder)
  const { rules, findings: ofRules } = await checkRules(folder)
  const places = [...paths, ...misnamed]
  const findings = [
    ...ofRules,
    ...(paths.length + misnamed.length === 0 ? [emptyFolder] : []),
    ...misnamed.map(misnamedFault).map((fault) => unusable(fault.path, fault)),
  ]
  for await (const { path, loaded } of eachTemplate(folder, paths, rules)) {
    if (loaded.fault) findings.push(unusable(path, loaded.fault))
    else {
      const files = await checkFiles(folder, path, loaded.compiled)
      findings.push(...files.findings, ...(await templateFindings(folder, path, loaded, options)))
      places.push(...files.places)
    }
  }
  findings.push(...unmatched(rules, places))
  const sorted = findings.sort((a, b) => byPath({ path: a.file }, { path: b.file }))
  return { templates: paths.length + misnamed.length, findings: sorted }
}

/** The templates at these paths as the service reads them, one after the other; none that has gone meanwhile. */
export async function* eachTemplate(
  folder: string,
  paths: readonly string[],
  rules: Rules,
): AsyncGenerator<{ readonly path: string; readonly loaded: Loaded }> {
  for (const path of paths) {
    const real = await resolveInside(folder, path)
    const loaded = real && (await loadTemplate(path, real, undefined, parametersCellFor(path, rules)))
    if (loaded) yield { path, loaded }
  }
}

type Usable = Exclude<Loaded, { file?: undefined }>

async function templateFindings(
  folder: string,
  path: string,
  { file: { bytes }, compiled }: Usable,
  { kernels, secrets = secretNames() }: CheckOptions,
): Promise<FileFinding[]> {
  const { thumbnail } = await findThumbnail(folder, path, bytes, compiled)
  const hasNoThumbnail = compiled.card.thumbnail !== undefined && thumbnail === undefined
  const isBeside = (file: string) => existsSync(join(folder, dirname(path), file))
  const findings = reviewTemplate({ path, bytes, compiled, kernels, secrets, isBeside })
  return [
    ...(hasNoThumbnail ? [noThumbnail(path)] : []),
    ...findings.map((finding) => ({ file: path, ...finding })),
  ]
}

/** A finding of ours. */
function find(
  file: string,
  found: Omit<Finding, 'severity'> & { readonly code: keyof typeof folderCodes },
): FileFinding {
  return { file, severity: folderCodes[found.code], ...found }
}

/** The rules, none where they cannot be followed, and what is wrong with them. */
export async function checkRules(folder: string): Promise<{ rules: Rules; findings: FileFinding[] }> {
  try {
    return { rules: await readRules(folder), findings: [] }
  } catch (error) {
    if (!(error instanceof RulesFault)) throw error
    const { reason: message, line } = error
    const remedy = 'Correct it: docs/writing-templates.md says what is allowed there.'
    const finding = find(rulesFile, { code: 'rules', message, remedy, ...(line && { line, fileLine: line }) })
    return { rules: new Map(), findings: [finding] }
  }
}

function unmatched(rules: Rules, places: readonly string[]): FileFinding[] {
  return unmatchedRules(rules, places).map(({ line, reason: message }) => {
    const remedy = 'Write the path as the folder has it, or take the rule out.'
    return find(rulesFile, { code: 'unmatched-rule', message, remedy, line, fileLine: line })
  })
}

const emptyFolder = find('.', {
  code: 'empty-folder',
  message: 'there is no template in this folder',
  remedy: 'Name the folder of templates, or put a notebook into it.',
})

/** As the service finds them, which does not offer a template without its files; and where they lie. */
async function checkFiles(
  folder: string,
  path: string,
  compiled: CompiledTemplate,
): Promise<{ places: string[]; findings: FileFinding[] }> {
  const places: string[] = []
  try {
    await readFilesBeside(folder, { path, compiled }, async (file) => {
      places.push(...placesOfFiles(path, [file]))
    })
    return { places, findings: [] }
  } catch (error) {
    return { places, findings: [unusable(path, catalogueFaultOf(path, error))] }
  }
}

function noThumbnail(path: string): FileFinding {
  const message = 'the file that its thumbnail names is not there, or is no image of at most 512 KiB'
  return find(path, {
    code: 'thumbnail',
    message,
    remedy: 'Put the image next to the template, or correct its name.',
  })
}

function unusable(path: string, { reason: message, cell }: CatalogueFault): FileFinding {
  const remedy = 'Correct it: until then it is not offered.'
  return find(path, { code: 'unusable', ...(cell !== undefined && { cell }), message, remedy })
}
