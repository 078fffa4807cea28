import type { FaultCode, ParameterProblem, Reason } from '../../fault.ts'
import type { NoteName } from '../../preview/notes.ts'
import type { ShownServer } from '../confirm-view.ts'
import type { ValueKind, Written } from '../view-models.ts'
import type { TemplateTexts } from './template-texts.ts'

/**
 * A sentence with `{name}` places, or several of them: the first one whose places can all be filled is used, so
 * that a fault which knows less still gets a whole sentence. The last one should need nothing.
 */
export type Sentence = string | readonly [string, ...string[]]

/** What the pages say about one fault code. */
export interface FaultText<C extends FaultCode> {
  readonly title: string
  /** What happened, for each reason. */
  readonly reasons: Readonly<Record<Reason<C>, Sentence>>
  /** What the user can do. */
  readonly help: string
}

/** Everything the pages say. A language that lacks a text does not compile. */
export interface Texts {
  /** BCP 47, for `<html lang>`. */
  readonly language: string
  readonly product: string
  readonly skip: string
  readonly home: string
  readonly signedInAs: string
  readonly catalogue: CatalogueTexts
  readonly confirm: ConfirmTexts
  readonly progress: Readonly<Record<ProgressText, string>>
  readonly template: TemplateTexts
  readonly preview: PreviewTexts
  readonly problem: ProblemTexts
  /** What is wrong with a parameter by its template's schema. */
  readonly parameters: Readonly<Record<ParameterProblem, Sentence>>
  readonly faults: { readonly [C in FaultCode]: FaultText<C> }
}

type CatalogueText =
  | 'title'
  | 'lead'
  | 'emptyTitle'
  | 'empty'
  | 'listLabel'
  | 'words'
  | 'language'
  | 'allLanguages'
  | 'tag'
  | 'allTags'
  | 'search'
  | 'nothingFound'
  | 'showAll'
  | 'pages'
  | 'previous'
  | 'next'
  | 'tagsLabel'
  | 'faultsNote'
  | 'thumbnail'
  | 'cell'

interface CatalogueTexts extends Readonly<Record<CatalogueText, string>> {
  shown(first: number, last: number, total: number): string
  faults(count: number): string
}

type ConfirmText =
  | 'createTitle'
  | 'downloadTitle'
  | 'createdTitle'
  | 'downloadedTitle'
  | 'downloadingTitle'
  | 'create'
  | 'createAnother'
  | 'before'
  | 'changePlace'
  | 'folder'
  | 'folderHome'
  | 'fileName'
  | 'download'
  | 'downloadAgain'
  | 'open'
  | 'createNote'
  | 'downloadNote'
  | 'createdNote'
  | 'downloadedNote'
  | 'summaryLabel'
  | 'sender'
  | 'senderForm'
  | 'senderUnknown'
  | 'senderUnknownNote'
  | 'template'
  | 'user'
  | 'file'
  | 'fileDownload'
  | 'fileWritten'
  | 'fileNote'
  | 'values'
  | 'valuesNote'
  | 'valuesNoteRaw'
  | 'noValues'
  | 'languageUnknown'
  | 'languageUnnamed'
  | 'name'
  | 'value'
  | 'emptyName'
  | 'becomes'
  | 'unset'
  | 'emptyText'
  | 'asSent'
  | 'picked'
  | 'cut'
  | 'userNumber'
  | 'objectNumber'
  | 'save'
  | 'changedNote'
  | 'server'
  | 'serverDefault'
  | 'cancelled'
  | 'beforeStopped'
  | 'placeRule'
  | 'faultCode'

type ProgressText =
  | 'title'
  | 'titleWriting'
  | 'titleWritten'
  | 'titleFailed'
  | 'said'
  | 'lead'
  | 'bar'
  | 'percent'
  | 'messages'
  | 'waiting'
  | 'elapsed'
  | 'typical'
  | 'cancel'
  | 'cancelNote'
  | 'seconds'
  | 'minutes'
  | 'file'
  | 'template'
  | 'lost'

interface ConfirmTexts extends Readonly<Record<ConfirmText, string>> {
  readonly kinds: Readonly<Record<ValueKind, string>>
  /** Whether the user's server runs, or what is done about it. */
  readonly serverStates: Readonly<Record<ShownServer['state'], string>>
  rowsLeft(shown: number, total: number): string
  /** Of a long text, list or object: how much of it is shown. */
  charactersShown(shown: number, total: number): string
  partsShown(shown: number, total: number): string
  items(count: number): string
  members(count: number): string
}

type PreviewText =
  | 'title'
  | 'lead'
  | 'leadTemplate'
  | 'toFresh'
  | 'empty'
  | 'rest'
  | 'toStart'
  | 'heading'
  | 'unfold'
  | 'frame'
  | 'alone'

interface PreviewTexts extends Readonly<Record<PreviewText, string>> {
  /** Cells counted from 1. */
  shown(first: number, last: number, total: number): string
  /** In place of what is not shown. */
  readonly notes: Readonly<Record<NoteName, string>>
}

interface ProblemTexts
  extends Readonly<
    Record<
      | 'help'
      | 'tryAgain'
      | 'again'
      | 'back'
      | 'code'
      | 'requestId'
      | 'requestNote'
      | 'report'
      | 'time'
      | 'user'
      | 'copy'
      | 'copied',
      string
    >
  > {
  readonly written: Readonly<Record<Written, string>>
}
