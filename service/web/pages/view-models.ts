import type { ConfirmView } from './confirm/view.ts'
import type { MineView } from './mine/view.ts'
import type { ProblemView } from './problem/view.ts'
import type { ProgressView } from './progress/view.ts'
import type { TemplateView } from './template/view.ts'
import type { PageFrame } from './view-parts.ts'

export type { ShownPart, ShownValue, ShownValues, ValueKind } from '../values/view.ts'
export type { ConfirmView } from './confirm/view.ts'
export type { ProblemView, Written } from './problem/view.ts'
export type { ProgressView } from './progress/view.ts'
export type { OwnForm, PageFrame, ShownTemplate } from './view-parts.ts'

/**
 * What each page shows. Routes fill these; the views (`*.eta`) read them and nothing else. Every text in here
 * is plain text (escaped by the view), every `href` a path or an http(s) URL (anything else is not linked).
 */
export interface ViewModels {
  readonly catalogue: CatalogueView
  readonly confirm: ConfirmView
  readonly mine: MineView
  readonly progress: ProgressView
  readonly problem: ProblemView
  readonly template: TemplateView
  readonly preview: PreviewView
  readonly login: LoginView
}

/** Names of the pages. */
export type PageName = keyof ViewModels

/** Stands between a form of ours and the login. */
export interface LoginView extends PageFrame {
  /** Of the Hub's login. */
  readonly href: string
}

/** `GET /`: what was looked for, and one page of what was found. */
export interface CatalogueView extends PageFrame {
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
  /** For admins: what is wrong in the template folder, the first of it; and how much there is, if more. */
  readonly faults: readonly TemplateFaultView[]
  readonly faultCount?: number
  /** False while the folder is looked through for the first time: all of this is what has been read so far. */
  readonly isComplete: boolean
  /** For admins: what could be better in templates that are offered. */
  readonly warnings: readonly TemplateFaultView[]
  readonly warningCount?: number
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
  /** '' at the top of the folder. */
  readonly category: string
  /** Its name for people ('' when the template does not say). */
  readonly language: string
  readonly kernel: string
  readonly authors: readonly string[]
  readonly tags: readonly { readonly name: string; readonly href: string }[]
  /** Address of an image; without it one is drawn from the language. */
  readonly thumbnailHref?: string | undefined
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
  /** To the cells after these, and to the first ones. */
  readonly rest?: PartLink | undefined
  readonly start?: PartLink | undefined
}

/** To a place of a preview. */
export interface PartLink {
  readonly href: string
  /** In a tab of its own: whom another part of it belongs to, a sandboxed frame cannot tell (no cookie goes with its request). */
  readonly tab: boolean
}
