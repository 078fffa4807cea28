import type { FaultCode, ParameterProblem, Reason } from '../../fault.ts'
import type { NoteName } from '../../preview/notes.ts'
import type { ShownNotices, ShownServer } from '../pages/confirm/view.ts'
import type { ValueKind, Written } from '../pages/view-models.ts'
import type { Sentence } from './sentence.ts'
import type { TemplateTexts } from './template-texts.ts'

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
  readonly mine: MineTexts
  readonly template: TemplateTexts
  readonly preview: PreviewTexts
  readonly problem: ProblemTexts
  readonly login: Readonly<Record<'title' | 'lead' | 'goOn', string>>
  /** What is wrong with a parameter by its template's schema. */
  readonly parameters: Readonly<Record<ParameterProblem | 'said', Sentence>>
  readonly faults: { readonly [C in FaultCode]: FaultText<C> }
}

export interface MineTexts
  extends Readonly<
    Record<'title' | 'lead' | 'stopped' | 'empty' | 'open' | 'form' | 'note' | 'clear' | 'clearNote', string>
  > {
  /** Before an object's or a site's address: of which platform (`name`), if it is known. */
  readonly source: Sentence
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
  | 'nothingSoFar'
  | 'incomplete'
  | 'showAll'
  | 'pages'
  | 'previous'
  | 'next'
  | 'tagsLabel'
  | 'faultsNote'
  | 'warningsNote'
  | 'thumbnail'
  | 'cell'

interface CatalogueTexts extends Readonly<Record<CatalogueText, string>> {
  shown(first: number, last: number, total: number, isComplete: boolean): string
  faults(count: number, isComplete: boolean): string
  warnings(count: number): string
  firstOf(listed: number, total: number): string
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
  | 'beforeValues'
  | 'changePlace'
  | 'folder'
  | 'folderHome'
  | 'fileName'
  | 'download'
  | 'downloadAgain'
  | 'open'
  | 'createNote'
  | 'downloadNote'
  | 'downloadNext'
  | 'unpack'
  | 'createdNote'
  | 'downloadedNote'
  | 'summaryLabel'
  | 'sender'
  | 'from'
  | 'senderForm'
  | 'senderUnknown'
  | 'senderUnknownNote'
  | 'template'
  | 'user'
  | 'whose'
  | 'file'
  | 'fileDownload'
  | 'fileWritten'
  | 'fileNote'
  | 'files'
  | 'filesInArchive'
  | 'filesNote'
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
  | 'notSet'
  | 'atDefault'
  | 'withheld'
  | 'emptyText'
  | 'asSent'
  | 'picked'
  | 'cut'
  | 'userNumber'
  | 'inBaseUnits'
  | 'objectNumber'
  | 'fileNumber'
  | 'elsewhere'
  | 'save'
  | 'saveYaml'
  | 'changedNote'
  | 'server'
  | 'serverDefault'
  | 'serverStart'
  | 'serverForm'
  | 'serverOptions'
  | 'cancelled'
  | 'beforeStopped'
  | 'placeRule'
  | 'faultCode'
  | 'noticesLabel'
  | 'noticesExamples'
  | 'noticesMore'

type ServersText =
  | 'other'
  | 'label'
  | 'differs'
  | 'asks'
  | 'runs'
  | 'runsWithout'
  | 'asItIs'
  | 'asItIsNote'
  | 'further'
  | 'furtherNote'
  | 'stop'
  | 'stopNote'

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
  | 'line'
  | 'lineFull'
  | 'seconds'
  | 'minutes'
  | 'file'
  | 'template'
  | 'lost'

interface ConfirmTexts extends Readonly<Record<ConfirmText, string>> {
  /** A value that the template sets again (`cell`, `line`), one that it computes before (`from`), a name that it does not know (`meant`). */
  readonly notices: Readonly<Record<Exclude<ShownNotices['list'][number]['kind'], 'example'>, Sentence>>
  /** Whom to tell of them (`whom`), if anybody is named. */
  readonly noticesTell: Sentence
  /** The same where all of it is names that a sender may have misspelled. */
  readonly noticesTellSender: Sentence
  readonly kinds: Readonly<Record<ValueKind, string>>
  /** Whether the user's server runs, or what is done about it. */
  readonly serverStates: Readonly<Record<ShownServer['state'], string>>
  /** What a user may choose of their servers. */
  readonly servers: Readonly<Record<ServersText, string>>
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
      | 'start'
      | 'other'
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
