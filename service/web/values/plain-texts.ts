import { type CompiledTemplate, textNames } from '../../notebook/index.ts'

/** Which texts in several languages a notebook gets in one language alone (DESIGN 2.2). */
export interface PlainTexts {
  /** The user's, best first. */
  readonly languages: readonly string[]
  /** True where it gets all of them so, however deep they lie. */
  readonly everywhere: boolean
  /** Whether it gets the value of this parameter so, by the name sent and the variable that is set. */
  has(sent: string, variable: string | undefined): boolean
}

/** As `makeCell` sets them: what the template declares as a text, by either name. */
export function plainTexts(template: CompiledTemplate, languages: readonly string[]): PlainTexts {
  const { language, settings } = template
  const fold = language?.identifiers.fold ?? ((name: string) => name)
  const names = textNames(template)
  const variables = new Set([...names].map(fold))
  const everywhere = settings.translated === 'plain'
  return {
    languages,
    everywhere,
    has: (sent, variable) =>
      everywhere || names.has(sent) || (variable !== undefined && variables.has(fold(variable))),
  }
}
