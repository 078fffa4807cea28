/** What `templates.yaml` says of one folder or template. */
export interface TemplateRule {
  readonly groups: readonly string[] | undefined
  readonly category: string | undefined
  /** The number of the cell, from 1, that counts as the one tagged `parameters`. */
  readonly parametersCell?: number | undefined
  /** Where it stands in the file, from 1. */
  readonly line: number
}

/** Path of a folder or template below the template folder ('' is the folder itself) → its rule. */
export type Rules = ReadonlyMap<string, TemplateRule>

/** Why `templates.yaml` cannot be followed. */
export class RulesFault extends Error {
  /** Without the place. */
  readonly reason: string
  /** In the file, from 1. */
  readonly line: number | undefined
  /** False when the file, or its folder, could not be read. */
  readonly wasRead: boolean
  constructor(reason: string, { line, wasRead = true }: { line?: number; wasRead?: boolean } = {}) {
    super(line === undefined ? reason : `${rulesFile}, line ${line}: ${reason}`)
    this.reason = reason
    this.line = line
    this.wasRead = wasRead
  }
}

export const rulesFile = 'templates.yaml'
