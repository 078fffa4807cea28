import type { DecimalSign, Kind } from '../../form/control.ts'
import type { PageFrame, ShownTemplate } from '../view-parts.ts'

/** `GET /t/<template>` without parameters, and what `POST /form/<template>` shows when something is wrong. */
export interface TemplateView extends PageFrame {
  readonly template: ShownTemplate
  readonly description?: string | undefined
  readonly authors: readonly string[]
  readonly tags: readonly { readonly name: string; readonly href: string }[]
  readonly form: FormView
  /** The template as it is, for a frame of the page or a tab of its own. */
  readonly previewHref: string
  readonly connect: ConnectView
}

export interface FormView {
  /** Path to post to, `<prefix>form/<template>`, encoded. */
  readonly action: string
  readonly decimal: DecimalSign
  readonly controls: readonly ControlView[]
  /** Values that no control asks for, as JSON text; `undefined`: the template takes none. */
  readonly more?: Pick<ControlView, 'value' | 'error' | 'rules'> | undefined
  /** What is wrong, each with the `id` of the input that it is about; without one it is about all. */
  readonly errors: readonly { readonly message: string; readonly id?: string | undefined }[]
}

/** One parameter. */
export interface ControlView {
  /** Of its first input; `<id>-help` and the like stand around it. */
  readonly id: string
  /** Names of its inputs: `value.<key>`, `second.<key>`, `null.<key>`. */
  readonly key: string
  readonly title: string
  /** The parameter's own name, where the title is another. */
  readonly name?: string | undefined
  readonly help?: string | undefined
  /** What the cell says its type is. */
  readonly type?: string | undefined
  readonly kind: Kind
  readonly required: boolean
  readonly value: string
  /** As what a number was read that could have been meant otherwise: as the reader writes it, and as the notebook does. */
  readonly read?: { readonly number: string; readonly literal: string } | undefined
  /** Of its first input, where that is one line; a date that no date's input can hold is a text. */
  readonly inputType: 'text' | 'date' | 'time' | 'datetime-local'
  /** A number that is never negative: a phone shows digits alone. */
  readonly isUnsigned: boolean
  /** The value of an option is its place in the list. */
  readonly options: readonly OptionView[]
  /** An option before them says that nothing is chosen. */
  readonly hasBlank: boolean
  readonly unit?: string | undefined
  /** What is asked for as JSON. */
  readonly jsonHint: 'list' | 'object' | 'json'
  /** One of SampleDB's: its kind for what is asked beside the value. */
  readonly isObject: boolean
  /** A date and time that is meant in UTC. */
  readonly isUtc: boolean
  /** The second input, a list or free; `any` has one that says how the text is meant. */
  readonly second?: { readonly value: string; readonly options?: readonly string[] | undefined } | undefined
  readonly nullBox?: { readonly checked: boolean } | undefined
  /** The notebook's own value, which holds if the input is left empty. */
  readonly otherwise?: string | undefined
  readonly inFileName: boolean
  readonly error?: string | undefined
  /** JSON for the page's script: `Rule[]`. */
  readonly rules: string
}

export interface OptionView {
  readonly kind: 'text' | 'empty' | 'true' | 'false' | 'null'
  readonly label: string
}

/** What the people of a data platform paste. */
export interface ConnectView {
  /** The public origin of the service; `undefined`: not known here, the page's script knows it. */
  readonly origin?: string | undefined
  /** What stands in its place then. */
  readonly placeholder: string
  readonly snippets: Readonly<Record<'sampledb' | 'form' | 'link' | 'curl', string>>
}
