import type { Declared } from '../languages/shared/declared.ts'
import type { ParametersSchema } from '../schema/read-schema.ts'

/**
 * What a schema and a cell say of the parameters: those that the cell sets in its order, each with what the schema adds to it,
 * unless the schema takes no others; then those that only the schema names. Jupyter sorts the names of metadata when it saves
 * a notebook, so the order of a schema is rarely its author's.
 */
export function mergeDeclared(
  schema: ParametersSchema | undefined,
  inCell: readonly Declared[],
): readonly Declared[] {
  if (schema === undefined) return inCell
  const cell = new Map(inCell.map((declared) => [declared.name, declared]))
  const named = new Map(
    schema.named.map(({ name, text, required }): [string, Declared] => {
      const own = cell.get(name)
      const merged = { ...(own ?? { name, unset: true }), text: text ?? own?.text === true }
      return [name, required ? { ...merged, required } : merged]
    }),
  )
  const kept = schema.closed ? inCell.filter(({ name }) => named.has(name)) : inCell
  const inOrder = kept.map((declared) => named.get(declared.name) ?? declared)
  return [...inOrder, ...[...named.values()].filter(({ name }) => !cell.has(name))]
}
