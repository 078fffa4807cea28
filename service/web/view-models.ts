import type { FaultCode } from '../fault.ts'
import type { TemplateView } from './template-view.ts'

/**
 * What each page shows. Routes fill these; the views in `views/` read them and nothing else. Every text in here
 * is plain text (escaped by the view), every `href` a path or an http(s) URL (anything else is not linked).
 */
export interface ViewModels {
  readonly catalogue: CatalogueView
  readonly confirm: ConfirmView
  readonly progress: ProgressView
  readonly problem: ProblemView
  readonly template: TemplateView
  readonly preview: PreviewView
}

/** Names of the pages. */
export type PageName = keyof ViewModels

/** What the frame around every page shows. */
export interface Frame {
  /** Name of the user who is logged in, for the header; undefined: nobody, or download mode. */
  readonly user?: string | undefined
}

/** `GET /`: what was looked for, and one page of what was found. */
export interface CatalogueView extends Frame {
  readonly words: string
  readonly language: FilterView
  readonly tag: FilterView
  /** By category, in their order; one without name when words were looked for. */
  readonly categories: readonly CategoryView[]
  readonly total: number
  /** Number of the first and the last template shown, from 1; both 0 when there are none. */
  readonly first: number
  readonly last: number
  readonly previousHref?: string | undefined
  readonly nextHref?: string | undefined
  /** For admins: what is wrong in the template folder. */
  readonly faults: readonly TemplateFaultView[]
}

export interface FilterView {
  readonly chosen: string
  readonly choices: readonly { readonly value: string; readonly count: number }[]
}

export interface CategoryView {
  /** '' at the top of the folder, and where the order is by how well they fit. */
  readonly name: string
  readonly entries: readonly CatalogueEntry[]
}

export interface TemplateFaultView {
  readonly path: string
  readonly reason: string
  /** Counted from 1. */
  readonly cell?: number | undefined
}

export interface CatalogueEntry {
  readonly title: string
  /** Path of the template below the template folder, not encoded. */
  readonly path: string
  /** Encoded path of its page, `<prefix>t/…`. */
  readonly href: string
  readonly description?: string | undefined
  /** Its name for people ('' when the template does not say). */
  readonly language: string
  readonly kernel: string
  readonly authors: readonly string[]
  readonly tags: readonly { readonly name: string; readonly href: string }[]
  /** Address of an image; without it one is drawn from the language. */
  readonly thumbnailHref?: string | undefined
}

/** A template as the pages name it. */
export interface ShownTemplate {
  readonly title: string
  readonly path: string
  /** The language as the template names it ('' when it does not). */
  readonly language: string
  /** False: the language is not in our table, so the parameters go in as JSON text in a raw cell. */
  readonly languageKnown: boolean
}

/** A form that posts to our own page: the confirmation, or *Try again*. */
export interface OwnForm {
  /** Path to post to, `<prefix>confirm/<id>`. */
  readonly action: string
  /** Goes in as the hidden field `csrf`. */
  readonly csrf: string
}

/** `GET /confirm/<id>`. */
export interface ConfirmView extends Frame {
  /** `create`: written on the user's server; `download`: handed out as a file. */
  readonly mode: 'create' | 'download'
  /** What has become of the request. */
  readonly state: 'ready' | 'written'
  readonly form: OwnForm
  readonly template: ShownTemplate
  /** Folder and name that the notebook will have, or has: below the user's home, not encoded. */
  readonly file: string
  /** The same in two, for those who want to change it. */
  readonly place: { readonly folder: string; readonly name: string }
  /** What this user has made before from the same template with the same values. */
  readonly before?: { readonly path: string; readonly time: string; readonly href: string } | undefined
  /** The `Origin` that sent the request, as received; undefined: a link, or typed by hand. */
  readonly sender?: string | undefined
  /** Made by `showValues`. */
  readonly values: ShownValues
  /** Where the written notebook opens (state `written` of mode `create`). */
  readonly openHref?: string | undefined
  /** The notebook itself, for a frame of the page or a tab of its own. */
  readonly previewHref: string
  /** The parameters as a file. */
  readonly parametersHref?: string | undefined
}

/** What the rows of the table of values are, for the word beside the value. */
export type ValueKind =
  | 'text'
  | 'translated'
  | 'number'
  | 'boolean'
  | 'nothing'
  | 'list'
  | 'object'
  | 'quantity'
  | 'datetime'
  | 'user'
  | 'reference'

/** One parameter as the confirmation page shows it. */
export interface ShownValue {
  /** The name as sent, with what the eye cannot see made visible; '' for the empty name. */
  readonly name: string
  /** The variable's name when it is not the name sent. */
  readonly variable?: string | undefined
  /** True when the cell will not set it (a template may say so for null). */
  readonly unset: boolean
  readonly kind: ValueKind
  /** The value, legible: `21.5 degC`, a text as it is, short lists as JSON. '' when only `full` can show it. */
  readonly brief: string
  /** A text in several languages. */
  readonly translations: readonly { readonly language: string; readonly text: string }[]
  /** The value as JSON text over several lines, to unfold: nested, long, or richer than `brief`. */
  readonly full?: string | undefined
  /** Number of items or members, for lists and objects. */
  readonly count?: number | undefined
  /** True when `full` or `brief` ends early: the notebook gets all of it. */
  readonly cut: boolean
}

/** The rows, and how many parameters there are (more than rows when a page would be too long). */
export interface ShownValues {
  readonly rows: readonly ShownValue[]
  readonly total: number
}

/** `GET /progress/<id>`. */
export interface ProgressView extends Frame {
  readonly template: ShownTemplate
  readonly file: string
  readonly state: 'starting' | 'writing' | 'written' | 'failed'
  /** 0–100. */
  readonly percent: number
  /** The Hub's messages so far, oldest first, as text. */
  readonly messages: readonly string[]
  /** Since the click, in seconds. */
  readonly elapsed_s: number
  /** Server-Sent Events, see `scripts/progress.js`. */
  readonly eventsHref: string
  /** *Try again*, shown when it has failed. */
  readonly retry: OwnForm
  readonly cancel: OwnForm
  /** How long a start usually takes, in whole seconds. */
  readonly typical_s?: number | undefined
  /** State `written`: the notebook. */
  readonly openHref?: string | undefined
}

/** Whether the fault left a notebook behind. */
export type Written = 'nothing' | 'saved' | 'unclear'

/** Any fault (DESIGN 2.6). `web/problem.ts` fills it; routes only set `request.problemContext`. */
export interface ProblemView extends Frame {
  readonly code: FaultCode
  readonly status: number
  readonly title: string
  /** What happened, in one sentence. */
  readonly sentence: string
  /** Where it is about several things, a sentence about each. */
  readonly details?: readonly string[]
  /** What the user can do. */
  readonly help: string
  /** undefined where nothing could have been written (an unknown page). */
  readonly written?: Written | undefined
  /** Is in the log as well. */
  readonly requestId: string
  readonly retry?: OwnForm | undefined
  /** A page of ours to go on from, e.g. the confirmation again. */
  readonly againHref?: string | undefined
  /** The `Origin` that sent the request. */
  readonly sender?: string | undefined
}

/** `GET /preview/<id>` and `GET /preview/t/<template>`. */
export interface PreviewView {
  /** Path of the file, not encoded. */
  readonly file: string
  readonly language: string
  /** Whether it is a template as it is, and no notebook that a request makes. */
  readonly isTemplate: boolean
  /** HTML of the cells, harmless (`preview/`): the one thing that no view escapes. */
  readonly cells: string
  /** Style rules for their formulas. */
  readonly rules: string
  readonly hasFormulas: boolean
  /** Cells counted from 1: the first and the last one shown, and all there are. */
  readonly first: number
  readonly last: number
  readonly total: number
  /** To the cell with the parameters, if there is one. */
  readonly fresh?: PartLink | undefined
  /** To the cells behind these, and to the first ones. */
  readonly rest?: PartLink | undefined
  readonly start?: PartLink | undefined
}

/** To a place of a preview. */
export interface PartLink {
  readonly href: string
  /** In a tab of its own: whom another part of it belongs to, a sandboxed frame cannot tell (no cookie goes with its request). */
  readonly tab: boolean
}
