import { readParameters } from '../parameters.ts'
import { createEngine, type Engine } from './engine.ts'
import { type Nodes, readNodes } from './nodes.ts'

/** A template keeps the text of its schema alone; what is made from it is here, of those used last. */
interface Known {
  readonly nodes: Nodes
  /** Made when it is first asked for: it takes some hundred kilobytes. */
  engine(): Engine
}

const remembered = 32
const known = new Map<string, Known>()

/** @param schema JSON text, as `ParametersSchema.text` */
export function schemaOf(schema: string): Known {
  const found = known.get(schema) ?? read(schema)
  known.delete(schema)
  known.set(schema, found)
  for (const oldest of known.keys()) {
    if (known.size <= remembered) break
    known.delete(oldest)
  }
  return found
}

function read(schema: string): Known {
  const nodes = readNodes({ kind: 'object', entries: readParameters(schema, Number.POSITIVE_INFINITY) })
  let engine: Engine | undefined
  return {
    nodes,
    engine: () => {
      engine ??= createEngine(nodes)
      return engine
    },
  }
}
