import type { ShownValues } from './value-view.ts'
import type { Frame, OwnForm, ShownTemplate } from './view-parts.ts'

/** `GET /confirm/<id>`. */
export interface ConfirmView extends Frame {
  /** `create`: written on the user's server; `download`: handed out as a file. */
  readonly mode: 'create' | 'download'
  /** What has become of the request; `cancelled` can be confirmed as a ready one. */
  readonly state: 'ready' | 'cancelled' | 'written'
  readonly form: OwnForm
  readonly template: ShownTemplate
  /** Folder and name that the notebook will have, or has: below the user's home, not encoded. */
  readonly file: string
  /** The same in fields, for those who want to change it. */
  readonly place: PlaceFields
  /** Where the notebook goes; undefined in mode `download`. */
  readonly server?: ShownServer | undefined
  /** What this user has made before from the same template with the same values. */
  readonly before?: { readonly path: string; readonly time: string; readonly href: string } | undefined
  /** The `Origin` that sent the request, as received; undefined: a link, or typed by hand. */
  readonly sender?: string | undefined
  /** True when it was sent by the form on the template's own page. */
  readonly sentByForm?: boolean | undefined
  /** Made by `showValues`. */
  readonly values: ShownValues
  /** Where the written notebook opens (state `written` of mode `create`). */
  readonly openHref?: string | undefined
  /** The notebook itself, for a frame of the page or a tab of its own; it begins near the new cell. */
  readonly previewHref: string
  /** The parameters as a file. */
  readonly parametersHref?: string | undefined
}

/** Folder and name as fields of a form. */
export interface PlaceFields {
  /** What stands in the fields: what was proposed, or what was typed and refused. */
  readonly folder: string
  readonly name: string
  /** Path that is kept when nothing is changed. */
  readonly proposed: string
  /** Why what was typed cannot be, at most once for each field. */
  readonly refused?: readonly { readonly field: 'folder' | 'name'; readonly sentence: string }[] | undefined
}

export interface ShownServer {
  /** '' for the user's default server. */
  readonly name: string
  readonly state: 'ready' | 'starting' | 'stopping' | 'stopped'
}
