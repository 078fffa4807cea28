import { didYouMean, findAlike } from '../../../alike.ts'
import { shorten } from '../../parameters/short-name.ts'
import { namesInPath } from '../../render/name-parts.ts'
import type { Review } from '../reviewed.ts'

const most = 20

/**
 * Names in `metadata.notebook_templates` that are a slip of the pen: in `if_unset` what the path does not have; in `secrets`,
 * which may name what only a sender knows, what looks like a parameter of the template and is none.
 */
export const namedParameters: Review<'misspelled-parameter'> = {
  codes: { 'misspelled-parameter': 'warning' },
  find({ compiled, path }) {
    const { secrets = [], if_unset } = compiled.settings
    const inPath = new Set(namesInPath(path).map((name) => name.normalize('NFC')))
    const declared = compiled.declared.map(({ name }) => name)
    const isSlip = (name: string) => !declared.includes(name) && findAlike(name, declared) !== undefined
    const found = [
      ...if_unset
        .filter(([name]) => !inPath.has(name))
        .map(
          ([name]) =>
            `if_unset names ${quoted(name)}, which its path does not have${didYouMean(name, inPath)}`,
        ),
      ...secrets
        .filter(isSlip)
        .map((name) => `secrets names ${quoted(name)}, which it does not set${didYouMean(name, declared)}`),
    ]
    return found.slice(0, most).map((what) => ({
      code: 'misspelled-parameter',
      message: `its metadata.notebook_templates.${what}`,
      remedy: 'Correct the name, or take it out.',
    }))
  },
}

const quoted = (name: string) => JSON.stringify(shorten(name))
