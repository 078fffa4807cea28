/** The files beside a template that it names (`metadata.notebook_templates.files`). */
import { stat } from 'node:fs/promises'
import { posix, relative, sep } from 'node:path'
import { errorName } from '../error-name.ts'
import { TemplateFault } from '../notebook/index.ts'
import { rulesFile } from './rules/rule.ts'
import { isListed, resolveInside } from './scan/scan.ts'
import type { FileBeside, Template } from './template.ts'
import { readTemplateFile, UnreadableFile, versionOf } from './template-file.ts'

/** Bytes of one, and of all. */
const fileLimits = { each: 5_000_000, all: 20_000_000 } as const

type Wanted = Pick<Template, 'path' | 'compiled'>

/** One that was read. */
export interface ReadFile extends Pick<FileBeside, 'path' | 'sha256' | 'leadsTo'> {
  readonly bytes: Buffer
}

/**
 * Reads them one after the other, so that only one is in memory, and gives each away.
 *
 * @param folder real path of the template folder, in which they lie, links resolved
 * @returns whether all have been at rest for a moment, so that a look tells whether they change
 * @throws TemplateFault when one is not there, may not be given away, is no file, or is too large, or all are
 */
export async function readFilesBeside(
  folder: string,
  { path, compiled }: Wanted,
  take: (file: ReadFile) => Promise<void>,
): Promise<boolean> {
  let areSettled = true
  let left: number = fileLimits.all
  for (const name of compiled.settings.files) {
    const named = besidesTemplate(path, name)
    const real = await resolveInside(folder, named)
    const place = real && placeIn(folder, real)
    // Rules know a file by the names that its folders list.
    if (!place || !(await isListed(folder, named)) || !(await isListed(folder, place)))
      throw fileFault(name, 'it is not there, or leads out of the folder of templates')
    const kept = whyKept(place, real === (await resolveInside(folder, rulesFile)))
    if (kept !== undefined) throw fileFault(name, kept)
    const { bytes, sha256, settled } = await readTemplateFile(real, fileLimits.each).catch((error) => {
      throw fileFault(
        name,
        error instanceof UnreadableFile ? error.message : `it cannot be read (${errorName(error)})`,
      )
    })
    left -= bytes.length
    if (left < 0) throw fileFault(name, `with it they have more than ${fileLimits.all} bytes`)
    areSettled &&= settled
    await take({ path: name, bytes, sha256, ...(place !== named && { leadsTo: place }) })
  }
  return areSettled
}

/** Changes whenever one of the files does; '' without any. */
export async function lookAtFilesBeside(folder: string, { path, compiled }: Wanted): Promise<string> {
  const { files } = compiled.settings
  const looks = files.map(async (name) => {
    const real = await resolveInside(folder, besidesTemplate(path, name))
    const stats = real === undefined ? undefined : await stat(real, { bigint: true }).catch(() => undefined)
    // A file that was moved is the same one, in a place that others may use.
    return stats === undefined ? '' : `${real} ${versionOf(stats).signature}`
  })
  return (await Promise.all(looks)).join('\n')
}

/**
 * Where the files that go with a template lie below the template folder: as they are named, and where links lead. What a
 * rule says of any of these places holds for the template.
 */
export function placesOfFiles(
  path: string,
  files: readonly Pick<FileBeside, 'path' | 'leadsTo'>[] = [],
): string[] {
  return files.flatMap(({ path: name, leadsTo }) => [besidesTemplate(path, name), leadsTo ?? []].flat())
}

/** Where all lies that is shown or given away with a template: its files, and the picture of its card. */
export function placesBeside({
  path,
  bundle,
  thumbnail,
}: Pick<Template, 'path' | 'bundle' | 'thumbnail'>): string[] {
  return placesOfFiles(path, [bundle?.files ?? [], thumbnail?.beside ?? []].flat())
}

/** Why a file goes to nobody, whatever the rules are. */
function whyKept(place: string, isRules: boolean): string | undefined {
  if (isRules) return 'it says who may use what'
  if (/\.ipynb$/i.test(place)) return 'it leads to a notebook: a template of its own'
  if (place.split('/').some((part) => part.startsWith('.'))) return 'it leads to something hidden'
  return undefined
}

/** Below the template folder, as rules name it. */
export function placeIn(folder: string, real: string): string {
  return relative(folder, real).split(sep).join('/')
}

export function besidesTemplate(path: string, file: string): string {
  return posix.join(posix.dirname(path), file)
}

function fileFault(name: string, why: string): TemplateFault {
  return new TemplateFault(`of its files, ${JSON.stringify(name)} cannot be taken along: ${why}`)
}
