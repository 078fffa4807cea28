import { fileLines } from './file-lines.ts'
import type { Finding, Found, Severities } from './finding.ts'
import { absolutePaths } from './findings/absolute-paths.ts'
import { defaults } from './findings/defaults.ts'
import { derived } from './findings/derived.ts'
import { jupytextPair } from './findings/jupytext-pair.ts'
import { kernel } from './findings/kernel.ts'
import { language } from './findings/language.ts'
import { missingFiles } from './findings/missing-files.ts'
import { name } from './findings/name.ts'
import { namedParameters } from './findings/named-parameters.ts'
import { outputs } from './findings/outputs.ts'
import { ownMetadata } from './findings/own-metadata.ts'
import { parametersCell } from './findings/parameters-cell.ts'
import { schema } from './findings/schema.ts'
import { schemaShape } from './findings/schema-shape.ts'
import { setAgain } from './findings/set-again.ts'
import { tags } from './findings/tags.ts'
import { unsetNames } from './findings/unset-names.ts'
import { validity } from './findings/validity.ts'
import { type Review, type Reviewed, readReviewed } from './reviewed.ts'

/** All that is looked at. */
const reviews: readonly Review[] = [
  validity,
  name,
  kernel,
  language,
  ownMetadata,
  namedParameters,
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
