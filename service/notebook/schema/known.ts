import { createLastUsed } from '../../last-used.ts'
import { readParameters } from '../parameters/read.ts'
import { createEngine, type Engine } from './engine.ts'
import { type Nodes, readNodes } from './nodes.ts'

/** A template keeps the text of its schema alone; what is made from it is here, of those used last. */
interface Known {
  readonly nodes: Nodes
  /** Made when it is first asked for: it takes some hundred kilobytes. */
  engine(): Engine
}

const known = createLastUsed<string, Known>(32)

/** @param schema JSON text, as `ParametersSchema.text` */
export function schemaOf(schema: string): Known {
  return known.get(schema) ?? known.set(schema, read(schema))
}

function read(schema: string): Known {
  const root = {
    kind: 'object',
    entries: readParameters(schema, { levels: Number.POSITIVE_INFINITY }),
  } as const
  // It was counted when its template was read; names may have come in since then (accept-names.ts).
  const nodes = readNodes(root, Number.POSITIVE_INFINITY)
  let engine: Engine | undefined
  return {
    nodes,
    engine: () => {
      engine ??= createEngine(nodes)
      return engine
    },
  }
}
