import { shorten } from '../../parameters/short-name.ts'
import { writeValue } from '../../parameters/write.ts'
import { TooInvolved } from '../../schema/engine.ts'
import { schemaOf } from '../../schema/known.ts'
import { placeInSchema } from '../../schema/nodes.ts'
import { memberOf } from '../../schema/pointers.ts'
import type { Review } from '../reviewed.ts'

const most = 20

/** A `default` that the schema beside it refuses: a form would offer what cannot be sent. */
export const defaults: Review<'refused-default'> = {
  codes: { 'refused-default': 'warning' },
  find({ compiled }) {
    if (compiled.schema === undefined) return []
    const { nodes, engine: compile } = schemaOf(compiled.schema)
    const offered = [...nodes.all].flatMap(([pointer, node]) => {
      const value = memberOf(node, 'default')
      return value === undefined ? [] : [{ pointer, value }]
    })
    if (offered.length === 0) return []
    const engine = compile()
    engine.begin()
    try {
      return offered
        .filter(({ pointer, value }) => engine.check(pointer, value).length > 0)
        .slice(0, most)
        .map(({ pointer, value }) => ({
          code: 'refused-default',
          message: `its schema of the parameters has${placeInSchema(pointer)} the default ${shorten(writeValue(value))}, which it refuses`,
          remedy: 'Correct the default, or allow it.',
        }))
    } catch (error) {
      // What takes so long is refused at a click, too, and told there.
      if (error instanceof TooInvolved) return []
      throw error
    }
  },
}
