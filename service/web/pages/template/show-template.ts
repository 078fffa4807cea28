import type { Template } from '../../../catalogue/catalogue.ts'
import { languageOf, titleOf } from '../../../catalogue/search.ts'
import { legibleName } from '../../values/display-json.ts'
import type { ShownTemplate } from '../view-models.ts'

/**
 * A template as the pages name it: by its title, else by its file's name.
 *
 * @param languages the reader's, best first
 */
export function showTemplate(template: Template, languages: readonly string[] = []): ShownTemplate {
  const { path, compiled } = template
  return {
    title: legibleName(titleOf(template, languages)),
    path: legibleName(path),
    language: languageOf(template),
    languageKnown: compiled.language !== undefined,
  }
}
