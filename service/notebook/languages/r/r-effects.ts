import type { SyntaxNode } from '@lezer/common'
import { words } from '../language.ts'
import { type Effect, type Effects, readEffects, strictly, visitChildren } from '../shared/cells/effects.ts'
import { childrenOf } from '../shared/cells/read-cell.ts'
import { parser } from './grammar/parser.ts'

const strict = strictly(() => parser)

const settingCalls = words(
  'source sys.source load attach list2env env2list eval evalq rm do.call eval.parent',
)
const readingCalls = words('get get0 mget exists glue str_glue glue_data environment globalenv ls parse')
/** Calls whose first argument is a name that no variable has. */
const quoting = words('library require requireNamespace loadNamespace data')

/** What a cell of R does with names; `undefined` where that is not known. */
export function rEffects(source: string): readonly Effect[] | undefined {
  return readEffects(source, strict(), visit)
}

function visit(node: SyntaxNode, effects: Effects): void {
  switch (node.name) {
    case 'Identifier': {
      const name = nameOf(node, effects)!
      // In R a function reads an outer variable until it has set its own.
      if (!effects.isBound(name)) effects.reads(name)
      return
    }
    case 'String':
      effects.quoted(effects.source(node).slice(1, -1))
      return
    case 'Assignment':
    case 'EqualAssignment':
    case 'RightAssignment':
      visitAssignment(node, effects)
      return
    case 'Function':
      visitFunction(node, effects)
      return
    case 'If':
    case 'While':
    case 'Repeat':
      for (const part of childrenOf(node)) {
        if (part.name === 'Condition') effects.test(() => visit(part, effects))
        else effects.conditionally(() => visit(part, effects))
      }
      return
    case 'For': {
      const [name, values, body] = childrenOf(node).filter(({ name: kind }) => !/^(for|in|[()])$/i.test(kind))
      if (values !== undefined) visit(values, effects)
      if (name !== undefined) effects.sets(nameOf(name, effects)!, name, false)
      if (body !== undefined) effects.conditionally(() => visit(body, effects))
      return
    }
    case 'Call':
      visitCall(node, effects)
      return
    case 'NamedArgument':
      for (const part of childrenOf(node).slice(2)) visit(part, effects)
      return
    case 'Member': {
      const [object] = childrenOf(node)
      if (object !== undefined) visit(object, effects)
      return
    }
    case 'Namespaced':
      return
    default:
      visitChildren(node, effects, visit)
  }
}

function nameOf(node: SyntaxNode, effects: Effects): string | undefined {
  const text = effects.source(node)
  if (node.name === 'String' || text.startsWith('`')) return text.slice(1, -1)
  return node.name === 'Identifier' ? text : undefined
}

/** `a <- 1`, `a = 1`, `1 -> a`, `a <<- 1`; `names(a) <- 1` reads what it changes. */
function visitAssignment(node: SyntaxNode, effects: Effects): void {
  const [left, sign, right] = childrenOf(node)
  if (left === undefined || sign === undefined || right === undefined) return
  const operator = effects.source(sign)
  const [target, value] = operator.includes('>') ? [right, left] : [left, right]
  visit(value, effects)
  const name = nameOf(target, effects)
  if (name === undefined || operator === ':=') visit(target, effects)
  else if (operator.length === 3) effects.assigns(name, node)
  else effects.sets(name, node)
}

function visitFunction(node: SyntaxNode, effects: Effects): void {
  effects.scope({ inner: true, holds: true, hoists: false }, () => {
    const [, formals, body] = childrenOf(node)
    let isDefault = false
    for (const part of formals === undefined ? [] : childrenOf(formals)) {
      if (part.name === ',') isDefault = false
      else if (part.name === '=') isDefault = true
      else if (part.name === 'Identifier' && !isDefault) effects.binds(nameOf(part, effects)!, part)
      else visit(part, effects)
    }
    if (body !== undefined) visit(body, effects)
  })
}

function visitCall(node: SyntaxNode, effects: Effects): void {
  const [callee, args] = childrenOf(node)
  if (callee === undefined) return
  const called = callee.name === 'Namespaced' ? (callee.lastChild ?? callee) : callee
  const name = effects.source(called)
  if (settingCalls.has(name)) effects.anything(node, true)
  if (readingCalls.has(name)) effects.anything(node, false)
  const [first] = args === undefined ? [] : childrenOf(args).filter(({ name: kind }) => !/^[(),]$/.test(kind))
  const own = first === undefined ? undefined : nameOf(first, effects)
  if (name === 'data' && own !== undefined) effects.sets(own, node, false)
  if (quoting.has(name)) return
  if (/^(assign|delayedAssign|makeActiveBinding)$/.test(name) && own !== undefined)
    effects.sets(own, node, false)
  if (callee.name !== 'Identifier') visit(callee, effects)
  else effects.reads(name)
  if (args === undefined) return
  // An argument is evaluated when it is first used, if it is.
  const inside = () => effects.conditionally(() => visitChildren(args, effects, visit))
  if (name === 'local') effects.scope({ inner: false, holds: true, hoists: false }, inside)
  else if (readingCalls.has(name)) effects.test(inside)
  else inside()
}
