import type { CompiledTemplate } from '../template/compile.ts'
import { schemaOf } from './known.ts'
import { memberOf } from './pointers.ts'
import { takenIn } from './words/said.ts'

/** Whether parameters may be sent that no field asks for. */
export function takesOthers({ schema }: CompiledTemplate): boolean {
  if (schema === undefined) return true
  const { nodes } = schemaOf(schema)
  return takenIn(nodes, '').every((pointer) => {
    const rest = ['additionalProperties', 'unevaluatedProperties'].map((keyword) =>
      memberOf(nodes.all.get(pointer), keyword),
    )
    return rest.every((schema) => schema?.kind !== 'boolean' || schema.value)
  })
}

/** Whether a parameter may be sent that the template does not declare: nothing forbids it, or a pattern may take it. */
export function takesName(name: string, template: CompiledTemplate): boolean {
  if (takesOthers(template)) return true
  const { nodes } = schemaOf(template.schema!)
  return takenIn(nodes, '').some((pointer) => {
    const node = nodes.all.get(pointer)
    const properties = memberOf(node, 'properties')
    return memberOf(node, 'patternProperties') !== undefined || memberOf(properties, name) !== undefined
  })
}

/** Whether its schema speaks of names beside those that it lists: it says what others must be, or that they may be. */
export function speaksOfOthers({ schema }: CompiledTemplate): boolean {
  if (schema === undefined) return false
  const { nodes } = schemaOf(schema)
  return takenIn(nodes, '').some((pointer) => {
    const node = nodes.all.get(pointer)
    if (memberOf(node, 'patternProperties') !== undefined) return true
    const rest = memberOf(node, 'additionalProperties') ?? memberOf(node, 'unevaluatedProperties')
    return rest !== undefined && !(rest.kind === 'boolean' && !rest.value)
  })
}
