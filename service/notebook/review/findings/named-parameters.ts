import { alikeAmong, didYouMean } from '../../../alike.ts'
import { shorten } from '../../parameters/short-name.ts'
import { namesInPath } from '../../render/name-parts.ts'
import type { Review } from '../reviewed.ts'

/** Findings, and secrets that are looked at. */
const most = { found: 20, secrets: 100 }

/**
 * Names in `metadata.notebook_templates` that are a slip of the pen: in `if_unset` what the path does not have; in `secrets`,
 * which may name what only a sender knows, what looks like a parameter of the template and is none.
 */
export const namedParameters: Review<'misspelled-parameter'> = {
  codes: { 'misspelled-parameter': 'warning' },
  find({ compiled, path }) {
    const { secrets = [], if_unset } = compiled.settings
    const inPath = new Set(namesInPath(path).map((name) => name.normalize('NFC')))
    const declared = new Set(compiled.declared.map(({ name }) => name))
    const findMeant = alikeAmong(declared)
    const wrong = if_unset
      .filter(([name]) => !inPath.has(name))
      .slice(0, most.found)
      .map(
        ([name]) => `if_unset names ${quoted(name)}, which its path does not have${didYouMean(name, inPath)}`,
      )
    const alike = secrets.slice(0, most.secrets).flatMap((name) => {
      const meant = declared.has(name) ? undefined : findMeant(name)
      if (meant === undefined) return []
      return [`secrets names ${quoted(name)}, which it does not set; did you mean ${JSON.stringify(meant)}?`]
    })
    return [...wrong, ...alike].slice(0, most.found).map((what) => ({
      code: 'misspelled-parameter',
      message: `its metadata.notebook_templates.${what}`,
      remedy: 'Correct the name, or take it out.',
    }))
  },
}

const quoted = (name: string) => JSON.stringify(shorten(name))
