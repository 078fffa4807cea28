import type { Review } from '../reviewed.ts'

/** Whether parameters can be written in the notebook's language. */
export const language: Review<'unknown-language'> = {
  codes: { 'unknown-language': 'warning' },
  find({ compiled }) {
    if (compiled.language !== undefined) return []
    const named =
      compiled.languageName === ''
        ? 'it names no language'
        : `its language, ${JSON.stringify(compiled.languageName)}, is not known here`
    const message = `${named}: parameters go in as JSON text`
    const remedy =
      'Choose a kernel of one of the languages in docs/languages.md, or read the JSON in a cell of your own.'
    return [{ code: 'unknown-language', message, remedy }]
  },
}
