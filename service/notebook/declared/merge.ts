import type { ParametersSchema } from '../schema/read-schema.ts'
import type { Declared } from './declared.ts'

/**
 * What a schema and a cell say of the parameters: those of the schema first, each with what the cell adds to it, then
 * those that only the cell sets, unless the schema takes no others.
 */
export function mergeDeclared(
  schema: ParametersSchema | undefined,
  inCell: readonly Declared[],
): readonly Declared[] {
  if (schema === undefined) return inCell
  const cell = new Map(inCell.map((declared) => [declared.name, declared]))
  const merged = schema.named.map(({ name, text, required }): Declared => {
    const own = cell.get(name)
    cell.delete(name)
    return {
      ...(own ?? { name, unset: true }),
      text: text ?? own?.text === true,
      ...(required && { required }),
    }
  })
  return schema.closed ? merged : [...merged, ...cell.values()]
}
