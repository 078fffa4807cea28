import type { Sentence } from './sentence.ts'

/** What the form itself finds wrong; the rest is said by `Texts.parameters` and `Texts.faults`. */
export type FormProblem = 'digits' | 'separators' | 'magnitude' | 'unit' | 'not-json' | 'changed'

/** What the page of a template says. */
export interface TemplateTexts extends Readonly<Record<TemplateText, string>> {
  readonly problems: Readonly<Record<FormProblem, Sentence>>
  /** What a field of JSON holds. */
  readonly jsonHints: Readonly<Record<'list' | 'object' | 'json', string>>
}

type TemplateText =
  | 'by'
  | 'oneWrong'
  | 'manyWrong'
  | 'heading'
  | 'lead'
  | 'leadNothing'
  | 'required'
  | 'inFileName'
  | 'otherwise'
  | 'readAs'
  | 'blank'
  | 'choose'
  | 'yes'
  | 'no'
  | 'null'
  | 'nullBox'
  | 'unit'
  | 'kind'
  | 'meaning'
  | 'text'
  | 'json'
  | 'utc'
  | 'linesHint'
  | 'more'
  | 'moreLabel'
  | 'moreHint'
  | 'next'
  | 'make'
  | 'note'
  | 'preview'
  | 'previewLead'
  | 'connect'
  | 'connectLead'
  | 'connectUnknown'
  | 'sampledb'
  | 'sampledbHint'
  | 'form'
  | 'formHint'
  | 'link'
  | 'linkHint'
  | 'curl'
  | 'curlHint'
