import { words } from '../languages/language.ts'

/** What comes after the keywords of JSON Schema 2020-12 that a schema may have. `inPlace`: about the same value. */
const keywordsByKind = {
  schema: words(`
    additionalProperties contains contentSchema items propertyNames unevaluatedItems unevaluatedProperties`),
  inPlaceSchema: words('else if not then'),
  /** A list of schemas. */
  schemas: words('prefixItems'),
  inPlaceSchemas: words('allOf anyOf oneOf'),
  /** Names, or patterns of names, to schemas. */
  schemaMap: words('$defs definitions properties'),
  inPlaceSchemaMap: words('dependentSchemas'),
  patternMap: words('patternProperties'),
  /** A number to compare with. */
  number: words('exclusiveMaximum exclusiveMinimum maximum minimum multipleOf'),
  value: words('const'),
  values: words('enum'),
  plain: words(`
    dependentRequired maxContains maxItems maxLength maxProperties minContains minItems minLength minProperties
    required type uniqueItems`),
  pattern: words('pattern'),
  format: words('format'),
  reference: words('$ref'),
  /** Says nothing about what is valid. */
  annotation: words(`
    $anchor $comment $dynamicAnchor $id $schema $vocabulary contentEncoding contentMediaType default deprecated description
    errorMessage examples readOnly title writeOnly`),
  /** Says what is valid, in a way that is not followed here: to pass over it would take what the author refuses. */
  refused: words('$dynamicRef'),
} as const

export type KeywordKind = keyof typeof keywordsByKind

const kinds: ReadonlyMap<string, KeywordKind> = new Map(
  Object.entries(keywordsByKind).flatMap(([kind, keywords]) =>
    [...keywords].map((keyword) => [keyword, kind as KeywordKind] as const),
  ),
)

/** All that a schema may have here, and what a form reads of it. */
export const keywords: readonly string[] = [
  ...[...kinds].flatMap(([keyword, kind]) => (kind === 'refused' ? [] : [keyword])),
  'x-unit',
  'x-order',
  'x-title',
  'x-description',
  'x-enum-titles',
]

/** `undefined` of what is no keyword of the draft, which says nothing about what is valid (JSON Schema core, 6.5). */
export function kindOf(keyword: string): KeywordKind | undefined {
  return kinds.get(keyword)
}
