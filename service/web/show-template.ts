import type { Template } from '../catalogue/catalogue.ts'
import type { ShownTemplate } from './view-models.ts'

/** A template as the pages name it: by its title, else by its file's name. */
export function showTemplate({ path, compiled }: Template): ShownTemplate {
  return {
    title: compiled.title ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.ipynb$/, ''),
    path,
    language: compiled.languageName,
    languageKnown: compiled.language !== undefined,
  }
}
