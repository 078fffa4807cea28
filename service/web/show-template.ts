import type { Template } from '../catalogue/catalogue.ts'
import { titleOf } from '../catalogue/search.ts'
import { legibleName } from './display-json.ts'
import type { ShownTemplate } from './view-models.ts'

/** A template as the pages name it: by its title, else by its file's name. */
export function showTemplate(template: Template): ShownTemplate {
  const { path, compiled } = template
  return {
    title: legibleName(titleOf(template)),
    path: legibleName(path),
    language: compiled.languageName,
    languageKnown: compiled.language !== undefined,
  }
}
