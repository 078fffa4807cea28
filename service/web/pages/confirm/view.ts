import type { OfferedServer } from '../../../journey/starts/offered.ts'
import type { Notices } from '../../../notebook/index.ts'
import type { Source } from '../../../senders.ts'
import type { ShownValues } from '../../values/view.ts'
import type { OwnForm, PageFrame, ShownTemplate } from '../view-parts.ts'

/** `GET /confirm/<id>`. */
export interface ConfirmView extends PageFrame {
  /** `create`: written on the user's server; `download`: handed out as a file. */
  readonly mode: 'create' | 'download'
  /** What has become of the request; `cancelled` can be confirmed as a ready one. */
  readonly state: 'ready' | 'cancelled' | 'written'
  readonly form: OwnForm
  readonly template: ShownTemplate
  /** Folder and name that the notebook will have, or has: below the user's home, not encoded. */
  readonly file: string
  /** What goes beside it: paths from its folder on. In mode `download` all that is in the archive; [] where `file` is the notebook. */
  readonly files?: readonly string[] | undefined
  /** The same in fields, for those who want to change it. */
  readonly place: PlaceFields
  /** Where the notebook goes; undefined in mode `download`. */
  readonly server?: ShownServer | undefined
  readonly before?: ShownBefore | undefined
  /** The `Origin` that sent the request, as received; undefined: a link, or typed by hand. */
  readonly sender?: string | undefined
  /** The object that the values are of. */
  readonly source?: Source | undefined
  /** True when it was sent by the form on the template's own page. */
  readonly sentByForm?: boolean | undefined
  /** Made by `showValues`. */
  readonly values: ShownValues
  /** What the values meet in the template. */
  readonly notices: ShownNotices
  /** Where the written notebook opens (state `written` of mode `create`). */
  readonly openHref?: string | undefined
  /** The notebook itself, for a frame of the page or a tab of its own; it begins near the new cell. */
  readonly previewHref: string
  /** The parameters as a file. */
  readonly parametersHref?: string | undefined
}

/** What this user has made before from the same template, sender, object and values. */
export interface ShownBefore {
  readonly path: string
  readonly time: string
  readonly href: string
  readonly sameSource: boolean
  /** Whether its server runs. */
  readonly isRunning: boolean
}

/** What is told of the values above the button: those that the template sets again, names that it does not know, examples that hold. */
export interface ShownNotices {
  /** Names and code as sent, with what the eye cannot see made visible. */
  readonly list: readonly (Notices['list'][number] | KernelNotice)[]
  /** How many more there are. */
  readonly more: number
  /** Names of secrets that were sent, as the others; of their values nothing is known any more. */
  readonly withheld: readonly string[]
  /** Whom to tell: the template's authors, else whom the service names; undefined: nobody is known. */
  readonly whom: string | undefined
}

/** The user's server has no such kernel; `language` is '' where the notebook does not say it. */
interface KernelNotice {
  readonly kind: 'kernel'
  readonly name: string
  readonly language: string
}

/** Folder and name as fields of a form. */
export interface PlaceFields {
  /** What stands in the fields: what was proposed, or what was typed and refused. */
  readonly folder: string
  readonly name: string
  /** Path that is kept when nothing is changed. */
  readonly proposed: string
  /** Not folded away, because something was typed. */
  readonly open?: boolean | undefined
  /** Why what was typed cannot be, at most once for each field. */
  readonly refused?: readonly { readonly field: 'folder' | 'name'; readonly sentence: string }[] | undefined
}

export interface ShownServer {
  /** '' for the user's default server. */
  readonly name: string
  readonly state: 'ready' | 'starting' | 'stopping' | 'stopped'
  /** The Hub's own page that starts it and comes back, while it is stopped. */
  readonly startHref?: string | undefined
  /** It is stopped, and started there alone, because that page asks for its options. */
  readonly hasForm?: boolean | undefined
  /** Where there is more than one. */
  readonly choice?: ShownServerChoice | undefined
}

/** Servers to choose from. */
export interface ShownServerChoice {
  /** The one that the template asks for runs with other options: it is told what each choice means. */
  readonly differs: boolean
  /** Options that the template asks for: `profile: gpu`. */
  readonly wanted: string
  /** The Hub's page that stops servers. */
  readonly homeHref?: string | undefined
  readonly list: readonly {
    /** Value of the field. */
    readonly key: string
    readonly kind: OfferedServer['kind']
    /** '' for the default one. */
    readonly name: string
    readonly state: ShownServer['state']
    readonly isChosen: boolean
    /** What it runs with; '' for nothing. */
    readonly options: string
  }[]
}
