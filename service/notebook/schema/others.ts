import type { CompiledTemplate } from '../compile.ts'
import { schemaOf } from './known.ts'
import { memberOf } from './pointers.ts'
import { unconditional } from './read-schema.ts'

/** Whether parameters may be sent that no field asks for. */
export function takesOthers({ schema }: CompiledTemplate): boolean {
  if (schema === undefined) return true
  const { nodes } = schemaOf(schema)
  return unconditional(nodes).every((pointer) => {
    const rest = ['additionalProperties', 'unevaluatedProperties'].map((keyword) =>
      memberOf(nodes.all.get(pointer), keyword),
    )
    return rest.every((schema) => schema?.kind !== 'boolean' || schema.value)
  })
}
