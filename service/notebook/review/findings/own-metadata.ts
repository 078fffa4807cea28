import { didYouMean } from '../../../alike.ts'
import { shorten } from '../../parameters/short-name.ts'
import { ownMembers } from '../../template/metadata.ts'
import type { Review } from '../reviewed.ts'

const known: ReadonlySet<string> = new Set(ownMembers)
const most = 20

/** Members of `metadata.notebook_templates` that nobody reads. */
export const ownMetadata: Review<'unknown-metadata'> = {
  codes: { 'unknown-metadata': 'warning' },
  find({ ownNames }) {
    const unknown = ownNames.filter((name) => !known.has(name)).slice(0, most)
    return unknown.map((name) => ({
      code: 'unknown-metadata',
      message: `its metadata.notebook_templates has ${JSON.stringify(shorten(name))}, which means nothing here${didYouMean(name, known)}`,
      remedy: 'Correct its name, or take it out.',
    }))
  },
}
