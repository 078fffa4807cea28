/** What the rest of the service may use of notebook/; the tokens of JSON are in json/index.ts, which loads nothing else. */
export { parametersFromFields } from './parameters/from-fields.ts'
export { readParameters } from './parameters/read.ts'
export { makeSampledb, readSampledb, sampledbKinds } from './parameters/sampledb.ts'
export {
  checkSecrets,
  type SecretNames,
  secretNames,
  secretsOf,
  type Withheld,
  withholdSecrets,
} from './parameters/secrets.ts'
export { textNames } from './parameters/settle.ts'
export { shorten } from './parameters/short-name.ts'
export { asTranslated, pickLanguage } from './parameters/translated.ts'
export type { Parameters, Value } from './parameters/value.ts'
export { writeParameters, writeValue } from './parameters/write.ts'
export { makeCell } from './render/cell.ts'
export { type ChosenFile, chooseFile, faultsOfFile } from './render/chosen-file.ts'
export { checkTemplateName, pathIn, placeNotebook, type WantedFile } from './render/file-name.ts'
export { namesInPath } from './render/name-parts.ts'
export { type Piece, renderNotebook } from './render/pieces.ts'
export type { Finding } from './review/finding.ts'
export { type Notices, noticesIn } from './review/notices.ts'
export { reviewTemplate } from './review/review.ts'
export { valueKey } from './schema/equality.ts'
export { type Choice, type Field, fieldsOf } from './schema/fields.ts'
export { formats } from './schema/formats.ts'
export { takesOthers } from './schema/others.ts'
export { type CompiledTemplate, compileTemplate } from './template/compile.ts'
export { findImage, readImage } from './template/thumbnail.ts'
export { TemplateFault } from './template-fault.ts'
