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

/** A path with each of its parts percent-encoded (RFC 3986, section 2.1), for a URL. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
