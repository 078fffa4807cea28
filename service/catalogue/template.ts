import type { CompiledTemplate, findImage } from '../notebook/index.ts'

/** A template that can be used. */
export interface Template {
  /** Below the template folder, `/` between its parts. */
  readonly path: string
  readonly sha256: string
  readonly compiled: CompiledTemplate
  /** Where `templates.yaml` names the cell that counts as the one tagged `parameters`: its number, from 1. */
  readonly parametersCell?: number
  /** The immutable copy. */
  readonly file: string
  /** Where it has files beside it: `sha256` is that of them all together. */
  readonly bundle?: FileBundle
  readonly thumbnail?: Thumbnail
}

/** A template's file and those that go with it. */
export interface FileBundle {
  /** SHA-256 of the template's file alone. */
  readonly notebook: string
  readonly files: readonly FileBeside[]
}

/** A file that goes beside the notebook. */
export interface FileBeside {
  /** From the template's own folder on, and from the notebook's. */
  readonly path: string
  /** Below the template folder, where links on the way to it have led. */
  readonly leadsTo?: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** The immutable copy. */
  readonly file: string
}

/** Where the image of its card is; never its bytes. */
export interface Thumbnail {
  /** Changes whenever the image does. */
  readonly version: string
  /** In the template, or a file of its own, links resolved. */
  readonly place: NonNullable<ReturnType<typeof findImage>> | string
  /** Where it is a file of its own. */
  readonly beside?: Pick<FileBeside, 'path' | 'leadsTo'>
}

/** What a request is kept with, so that it makes what was shown: the version of the file, and what a rule says of it. */
export function pinOf({ sha256, parametersCell }: Pick<Template, 'sha256' | 'parametersCell'>): string {
  return parametersCell === undefined ? sha256 : `${sha256}#${parametersCell}`
}

/** What a pin says. */
export function readPin(pin: string): Pick<Template, 'sha256' | 'parametersCell'> {
  const [sha256 = '', cell] = pin.split('#')
  return { sha256, ...(cell !== undefined && { parametersCell: Number(cell) }) }
}
