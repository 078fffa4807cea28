import { Fault } from '../../fault.ts'
import { readParameters } from '../../notebook/index.ts'
import { editJson } from './edit-json.ts'

/**
 * Further values as they may be shown again: without secrets. What cannot be read as JSON stays as it was typed, unless a
 * word in it is the name of a secret: then nobody can tell which part is the value, and none of it is shown.
 */
export function withoutSecretTexts(text: string, isSecret: (name: string) => boolean): string {
  try {
    const parameters = readParameters(text)
    const shown = parameters.filter(([name]) => !isSecret(name))
    return shown.length === parameters.length ? text : editJson({ kind: 'object', entries: shown })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return (text.match(/[\p{L}\p{N}_-]+/gu) ?? []).some(isSecret) ? '' : text
  }
}
