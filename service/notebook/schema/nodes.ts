import { sampledbNames, sampledbSchema } from '../parameters/sampledb.ts'
import type { Value } from '../parameters/value.ts'
import { TemplateFault } from '../template-fault.ts'
import { kindOf } from './keywords.ts'
import { compilePattern } from './patterns.ts'
import { asFragment, asText, below, fromFragment } from './pointers.ts'
import { wrongWords } from './words/own-words.ts'

/** Every schema within a schema. */
export interface Nodes {
  readonly root: Value
  /** JSON pointer → schema. */
  readonly all: ReadonlyMap<string, Value>
  /** Pointer → what it refers to. */
  readonly references: ReadonlyMap<string, string>
  /** The schemas of SampleDB that are referred to: pointer → `sampledb:…`. */
  readonly sampledb: ReadonlyMap<string, string>
  /** Pointer → the schemas that are about the same value. */
  readonly inPlace: ReadonlyMap<string, readonly string[]>
}

/** So that a schema is compiled in a moment. */
const limits = { schemas: 500, patterns: 100, levels: 50, digits: 1000 }

/**
 * Goes through a schema once and finds all that could go wrong when it is used later.
 *
 * @param most schemas that it may have
 * @throws TemplateFault
 */
export function readNodes(root: Value, most = limits.schemas): Nodes {
  const all = new Map<string, Value>()
  const anchors = new Map<string, string>()
  const references = new Map<string, string>()
  const sampledb = new Map<string, string>()
  const inPlace = new Map<string, string[]>()
  let patterns = 0

  function visit(node: Value, pointer: string, level: number): void {
    if (level > limits.levels) throw schemaFault(pointer, `nests deeper than ${limits.levels} levels`)
    if (all.size === most) throw schemaFault('', `contains more than ${most} schemas`)
    if (node.kind !== 'object' && node.kind !== 'boolean') throw schemaFault(pointer, 'is no schema')
    all.set(pointer, node)
    if (node.kind !== 'object') return
    inPlace.set(pointer, [])
    for (const [keyword, value] of node.entries) visitKeyword(keyword, value, pointer, level)
  }

  function visitKeyword(keyword: string, value: Value, pointer: string, level: number): void {
    const at = below(pointer, keyword)
    const each = (values: readonly (readonly [string | number, Value])[]) => {
      for (const [step, child] of values) visit(child, below(at, step), level + 1)
      return values.map(([step]) => below(at, step))
    }
    const items = value.kind === 'list' ? value.items.map((item, index) => [index, item] as const) : []
    const members = value.kind === 'object' ? value.entries : []
    const here = inPlace.get(pointer)!
    checkKeyword(keyword, value, pointer)
    const wrong = wrongWords(keyword, value, all.get(pointer)!)
    if (wrong !== undefined) throw schemaFault(pointer, wrong)
    patterns += patternsOf(keyword, value)
    if (patterns > limits.patterns) throw schemaFault('', `contains more than ${limits.patterns} patterns`)
    switch (kindOf(keyword)) {
      case 'schema':
        visit(value, at, level + 1)
        break
      case 'inPlaceSchema':
        visit(value, at, level + 1)
        here.push(at)
        break
      case 'schemas':
        each(items)
        break
      case 'inPlaceSchemas':
        here.push(...each(items))
        break
      case 'schemaMap':
      case 'patternMap':
        each(members)
        break
      case 'inPlaceSchemaMap':
        here.push(...each(members))
        break
      case 'reference':
        references.set(pointer, asText(value) ?? '')
        break
      default:
        if (keyword === '$anchor') anchors.set(asText(value) ?? '', pointer)
    }
  }

  visit(root, '', 0)
  for (const [pointer, reference] of [...references]) {
    const own = sampledbSchema(reference)
    if (own !== undefined) {
      const place = below('/$defs', reference)
      if (!all.has(place)) visit(own, place, 0)
      sampledb.set(pointer, reference)
      references.set(pointer, place)
    } else references.set(pointer, resolve(reference, pointer, all, anchors))
    inPlace.get(pointer)!.push(references.get(pointer)!)
  }
  refuseCircles(inPlace)
  return { root, all, references, sampledb, inPlace }
}

function resolve(
  reference: string,
  pointer: string,
  all: ReadonlyMap<string, Value>,
  anchors: ReadonlyMap<string, string>,
): string {
  const fragment = reference.startsWith('#') ? fromFragment(reference.slice(1)) : undefined
  const target = fragment === undefined ? undefined : (anchors.get(fragment) ?? fragment)
  if (target !== undefined && all.has(target)) return target
  const hint = reference.startsWith('sampledb:') ? `; there are ${sampledbNames.join(', ')}` : ''
  throw schemaFault(pointer, `refers to ${JSON.stringify(reference)}, where there is no schema${hint}`)
}

/** Numbers, patterns and keywords, as far as the metaschema does not tell. */
function checkKeyword(keyword: string, value: Value, pointer: string): void {
  const kind = kindOf(keyword)
  if (kind === 'refused') throw schemaFault(pointer, `has ${keyword}, which is not supported here`)
  if (pointer !== '' && (keyword === '$id' || keyword === '$schema')) {
    throw schemaFault(pointer, `has a ${keyword} of its own`)
  }
  if (
    keyword === '$schema' &&
    !/^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(asText(value) ?? '')
  ) {
    throw schemaFault(pointer, 'is of another draft of JSON Schema than 2020-12')
  }
  if (kind === 'number' && value.kind === 'number' && value.text.length > limits.digits) {
    throw schemaFault(pointer, `has a number of more than ${limits.digits} characters`)
  }
  if (
    keyword === 'properties' &&
    value.kind === 'object' &&
    value.entries.some(([name]) => name === '__proto__')
  ) {
    throw schemaFault(pointer, 'declares __proto__, which cannot be checked')
  }
  if (kind === 'pattern') checkPattern(asText(value) ?? '', pointer)
  if (kind === 'patternMap' && value.kind === 'object') {
    for (const [pattern] of value.entries) checkPattern(pattern, below(pointer, keyword))
  }
}

function patternsOf(keyword: string, value: Value): number {
  if (kindOf(keyword) === 'pattern') return 1
  return kindOf(keyword) === 'patternMap' && value.kind === 'object' ? value.entries.length : 0
}

function checkPattern(pattern: string, pointer: string): void {
  try {
    compilePattern(pattern)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw schemaFault(
      pointer,
      `has the pattern ${JSON.stringify(pattern)}, which RE2 cannot match: ${reason}`,
    )
  }
}

/** A schema that comes back to itself about the same value would never end. */
function refuseCircles(inPlace: ReadonlyMap<string, readonly string[]>): void {
  const done = new Set<string>()
  const open = new Set<string>()
  const enter = (pointer: string) => {
    if (done.has(pointer)) return
    if (open.has(pointer)) throw schemaFault(pointer, 'refers to itself without an end')
    open.add(pointer)
    for (const next of inPlace.get(pointer) ?? []) enter(next)
    open.delete(pointer)
    done.add(pointer)
  }
  for (const pointer of inPlace.keys()) enter(pointer)
}

/** ` at /properties/a`; nothing of the whole schema. */
export function placeInSchema(pointer: string): string {
  return pointer === '' ? '' : ` at ${decodeURIComponent(asFragment(pointer).slice(1))}`
}

/** @param pointer of the schema at fault */
export function schemaFault(pointer: string, reason: string): TemplateFault {
  const place = placeInSchema(pointer)
  return new TemplateFault(`metadata.notebook_templates.params${place} ${reason}`)
}
