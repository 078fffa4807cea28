import { absolutePaths } from './absolute-paths.ts'
import { defaults } from './defaults.ts'
import { derived } from './derived.ts'
import { fileLines } from './file-lines.ts'
import type { Finding, Found, Severities } from './finding.ts'
import { jupytextPair } from './jupytext-pair.ts'
import { kernel } from './kernel.ts'
import { language } from './language.ts'
import { missingFiles } from './missing-files.ts'
import { name } from './name.ts'
import { outputs } from './outputs.ts'
import { ownMetadata } from './own-metadata.ts'
import { parametersCell } from './parameters-cell.ts'
import { type Review, type Reviewed, readReviewed } from './reviewed.ts'
import { schema } from './schema.ts'
import { schemaShape } from './schema-shape.ts'
import { setAgain } from './set-again.ts'
import { tags } from './tags.ts'
import { unsetNames } from './unset-names.ts'
import { validity } from './validity.ts'

/** All that is looked at. */
const reviews: readonly Review[] = [
  validity,
  name,
  kernel,
  language,
  ownMetadata,
  jupytextPair,
  schemaShape,
  schema,
  defaults,
  tags,
  parametersCell,
  derived,
  unsetNames,
  setAgain,
  missingFiles,
  absolutePaths,
  outputs,
]

/** Everything that `reviewTemplate` may find. */
export const reviewCodes: Severities = Object.assign({}, ...reviews.map(({ codes }) => codes))

/** What an author should know of a template that is valid: that of the whole notebook first, then by cell and line. */
export function reviewTemplate(reviewed: Reviewed): readonly Finding[] {
  const notebook = readReviewed(reviewed)
  const found = reviews.flatMap((review) => [...review.find(notebook)]).sort(byPlace)
  const lines = fileLines(reviewed.bytes, reviewed.compiled, found)
  return found.map((one, index) => {
    const fileLine = lines[index]
    return { ...one, severity: reviewCodes[one.code]!, ...(fileLine !== undefined && { fileLine }) }
  })
}

function byPlace(a: Found, b: Found): number {
  return (a.cell ?? 0) - (b.cell ?? 0) || (a.line ?? 0) - (b.line ?? 0)
}
