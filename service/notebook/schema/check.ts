import { Fault, type FaultDetail } from '../../fault.ts'
import { shorten } from '../parameters/short-name.ts'
import type { Parameters, Value } from '../parameters/value.ts'
import { type Engine, TooInvolved } from './engine.ts'
import { schemaOf } from './known.ts'
import type { Nodes } from './nodes.ts'
import { below, memberOf, textsOf } from './pointers.ts'
import { problemOf, shownChoices } from './problems.ts'
import { messagesOf } from './words/messages.ts'
import { choicesOf, takenIn, wordsOf } from './words/said.ts'

const mostProblems = 100

/**
 * Everything that is wrong with parameters by their template's schema: what is missing, what is unknown, and of each
 * parameter the first thing that is wrong with its value.
 *
 * @param schema JSON text, as `ParametersSchema.text`
 * @param languages of who is told, best first
 * @throws Fault 20 `not-checkable` when the schema needs too long for these values
 */
export function findProblems(
  schema: string,
  parameters: Parameters,
  languages: readonly string[] = [],
): readonly FaultDetail[] {
  const { nodes, engine: compile } = schemaOf(schema)
  const engine = compile()
  const whole: Value = { kind: 'object', entries: parameters }
  engine.begin()
  const errors = unlessInvolved(() => engine.check('', whole))
  if (errors === undefined) throw new Fault(20, 'not-checkable')
  if (errors.length === 0) return []
  const problems = new Map<string, FaultDetail>()
  const add = (problem: FaultDetail) => {
    const key = `${problem.values.place}\n${problem.reason === 'missing'}`
    if (!problems.has(key) && problems.size < mostProblems) problems.set(key, problem)
  }
  unlessInvolved(() => listProblems(nodes, engine, parameters, add))
  const first = problemOf(errors, undefined, whole)
  const isListed = [...problems.values()].some(({ values }) => values.name === first.values.name)
  if (!isListed) add(first)
  return titled(nodes, [...problems.values()], languages)
}

/** With the titles of the parameters, and of the values that one may have, and what the author says is wrong. */
function titled(nodes: Nodes, problems: readonly FaultDetail[], languages: readonly string[]) {
  const pointers = pointersOfNames(nodes)
  return problems.map((problem): FaultDetail => {
    const { name, place } = problem.values
    const pointer = pointers.get(String(name))
    if (pointer === undefined) return problem
    const title = wordsOf(nodes, pointer, 'title', languages)
    const isInside = place !== name
    const choices =
      problem.reason === 'choice' && !isInside ? choicesOf(nodes, pointer, languages) : undefined
    const said = isInside ? undefined : messagesOf(nodes, pointer, languages)[problem.reason]
    return {
      ...problem,
      values: {
        ...problem.values,
        ...(title === undefined || title === name ? {} : { title: shorten(title) }),
        ...(choices && { choices: shownChoices(choices) }),
        ...(said !== undefined && { said }),
      },
    }
  })
}

/** The schema of each parameter that is named, by its name as problems have it. */
function pointersOfNames(nodes: Nodes): ReadonlyMap<string, string> {
  const pointers = new Map<string, string>()
  for (const pointer of takenIn(nodes, '')) {
    for (const name of namesOf(memberOf(nodes.all.get(pointer), 'properties'))) {
      const short = shorten(name)
      if (!pointers.has(short)) pointers.set(short, below(below(pointer, 'properties'), name))
    }
  }
  return pointers
}

function unlessInvolved<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof TooInvolved) return undefined
    throw error
  }
}

function listProblems(
  nodes: Nodes,
  engine: Engine,
  parameters: Parameters,
  add: (problem: FaultDetail) => void,
): void {
  const sent = new Map(parameters)
  for (const pointer of takenIn(nodes, '')) {
    const node = nodes.all.get(pointer)
    for (const name of textsOf(memberOf(node, 'required'))) {
      if (!sent.has(name)) add(plainProblem('missing', name))
    }
    for (const [name, value] of parameters) {
      for (const place of schemasFor(name, node, pointer, engine)) {
        if (place === undefined) add(plainProblem('unknown', name))
        else {
          const errors = engine.check(place, value)
          if (errors.length > 0) add(problemOf(errors, name, value))
        }
      }
    }
  }
}

/** The pointers of the schemas that an object's schema has for a member; `undefined` is one that refuses it. */
function schemasFor(
  name: string,
  node: Value | undefined,
  pointer: string,
  engine: Engine,
): readonly (string | undefined)[] {
  const own = memberOf(memberOf(node, 'properties'), name)
  const patterns = namesOf(memberOf(node, 'patternProperties')).filter((pattern) =>
    engine.matches(pattern, name),
  )
  const places = patterns.map((pattern) => below(below(pointer, 'patternProperties'), pattern))
  if (own !== undefined) places.unshift(below(below(pointer, 'properties'), name))
  const others = memberOf(node, 'additionalProperties')
  if (places.length > 0 || others === undefined) return places
  return [others.kind === 'boolean' && !others.value ? undefined : below(pointer, 'additionalProperties')]
}

function plainProblem(reason: 'missing' | 'unknown', name: string): FaultDetail {
  return { reason, values: { name: shorten(name), place: shorten(name) } }
}

function namesOf(value: Value | undefined): string[] {
  return value?.kind === 'object' ? value.entries.map(([name]) => name) : []
}
