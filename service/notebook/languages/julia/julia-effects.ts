import type { SyntaxNode } from '@lezer/common'
import { words } from '../language.ts'
import { type Effect, type Effects, readEffects, strictly, visitChildren } from '../shared/cells/effects.ts'
import { childrenOf } from '../shared/cells/read-cell.ts'
import { grammar } from '../shared/grammar.ts'

const parser = strictly(grammar('@plutojl/lezer-julia'))

const settingCalls = words('include include_string eval')
const settingMacros = words('eval load run include')

/** What a cell of Julia does with names, as IJulia runs it; `undefined` where that is not known. */
export function juliaEffects(source: string): readonly Effect[] | undefined {
  // Lines for its shell, its help and its package manager.
  const legible = /^\s*[;?\]]/.test(source) ? source.replace(/^[ \t]*[;?\]][^\n]*/gm, '') : source
  return readEffects(legible, parser(), visit)
}

function visit(node: SyntaxNode, effects: Effects): void {
  switch (node.name) {
    case 'Identifier':
      effects.reads(effects.source(node))
      return
    case 'Assignment':
      visitAssignment(node, effects)
      return
    case 'GlobalStatement':
    case 'LocalStatement':
      visitDeclaration(node, effects)
      return
    case 'FunctionDefinition':
    case 'MacroDefinition': {
      const [, signature, ...body] = childrenOf(node)
      if (signature !== undefined) visitFunction(signature, body, effects)
      return
    }
    case 'ArrowFunctionExpression': {
      const [parameters, ...body] = childrenOf(node)
      effects.scope({ inner: true, holds: true }, () => {
        if (parameters !== undefined) bindAll(parameters, effects)
        for (const part of body) visit(part, effects)
      })
      return
    }
    case 'DoClause':
      effects.scope({ inner: true, holds: true }, () => {
        for (const part of childrenOf(node)) {
          if (part.name === 'Parameters') bindAll(part, effects)
          else visit(part, effects)
        }
      })
      return
    case 'ForStatement':
    case 'ComprehensionExpression':
    case 'ParenExpression':
    case 'Arguments':
    case 'Generator':
      // A loop's variables are its own; what else it sets is the notebook's.
      if (node.name === 'ForStatement' || node.name === 'Generator')
        effects.scope({ inner: false, holds: false }, () =>
          effects.conditionally(() => visitChildren(node, effects, visit)),
        )
      else visitChildren(node, effects, visit)
      return
    case 'ForBinding': {
      const [target, , values] = childrenOf(node)
      if (values !== undefined) visit(values, effects)
      if (target !== undefined) bindAll(target, effects)
      return
    }
    case 'LetStatement':
      effects.scope({ inner: false, holds: true }, () => visitChildren(node, effects, visit))
      return
    case 'IfStatement':
    case 'WhileStatement':
    case 'TryStatement':
    case 'TernaryExpression':
      effects.conditionally(() => visitChildren(node, effects, visit))
      return
    case 'CatchClause':
      effects.scope({ inner: false, holds: false }, () => visitChildren(node, effects, visit))
      return
    case 'ExceptionCapture':
      bindAll(node, effects)
      return
    case 'StructDefinition':
    case 'AbstractDefinition':
    case 'PrimitiveDefinition': {
      const head = childrenOf(node).find(({ name }) => name === 'TypeHead')
      const name = head && firstIdentifier(head)
      if (name !== undefined) effects.sets(effects.source(name), node, false)
      effects.scope({ inner: true, holds: true }, () => visitChildren(node, effects, visit))
      return
    }
    case 'ModuleDefinition': {
      const name = childrenOf(node)[1]
      if (name !== undefined) effects.sets(effects.source(name), node, false)
      effects.scope({ inner: true, holds: true }, () => visitChildren(node, effects, visit))
      return
    }
    case 'MacrocallExpression': {
      const name =
        effects
          .source(node)
          .replace(/^@/, '')
          .match(/^[\w.]+/)?.[0] ?? ''
      if (settingMacros.has(name)) effects.anything(node, true)
      effects.conditionally(() => visitChildren(node, effects, visit))
      return
    }
    case 'ImportStatement':
      visitImport(node, effects)
      return
    case 'KwArg': {
      const [, , value] = childrenOf(node)
      if (value !== undefined) visit(value, effects)
      return
    }
    case 'CallExpression': {
      const [callee] = childrenOf(node)
      const name = callee === undefined ? '' : (effects.source(callee).split('.').at(-1) ?? '')
      if (settingCalls.has(name)) effects.anything(node, true)
      visitChildren(node, effects, visit)
      return
    }
    // What is brought in this way never replaces what is set.
    case 'UsingStatement':
    case 'ExportStatement':
    case 'MacroIdentifier':
    case 'Field':
      return
    default:
      visitChildren(node, effects, visit)
  }
}

function visitAssignment(node: SyntaxNode, effects: Effects): void {
  const [target, sign, ...rest] = childrenOf(node)
  if (target === undefined || sign === undefined) return
  if (effects.source(sign) !== '=') {
    visitChildren(node, effects, visit)
    return
  }
  if (isSignature(target)) {
    visitFunction(target, rest, effects)
    return
  }
  for (const part of rest) visit(part, effects)
  setTarget(target, effects)
}

/** `f(x) = …`, `f(x)::T = …`, `f(x) where T = …` */
function isSignature(node: SyntaxNode): boolean {
  if (node.name === 'CallExpression') return true
  return node.name === 'BinaryExpression' && node.firstChild !== null && isSignature(node.firstChild)
}

function setTarget(node: SyntaxNode, effects: Effects): void {
  if (node.name === 'Identifier') effects.sets(effects.source(node), node)
  else if (node.name === 'BinaryExpression') {
    // `x::Int = 1`
    const [name, , ...type] = childrenOf(node)
    for (const part of type) visit(part, effects)
    if (name !== undefined) setTarget(name, effects)
  } else if (
    /^(OpenTuple|TupleExpression|KeywordArguments|SplatExpression|ParenExpression)$/.test(node.name)
  ) {
    for (const part of childrenOf(node)) setTarget(part, effects)
  } else visit(node, effects)
}

/** `global x`, `local x = 1` */
function visitDeclaration(node: SyntaxNode, effects: Effects): void {
  const isGlobal = node.name === 'GlobalStatement'
  for (const part of childrenOf(node).slice(1)) {
    const name = firstIdentifier(part)
    if (name !== undefined && isGlobal) effects.declaresOuter(effects.source(name))
    else if (name !== undefined) effects.binds(effects.source(name), name)
    if (part.name !== 'Identifier') visit(part, effects)
  }
}

function visitFunction(signature: SyntaxNode, body: readonly SyntaxNode[], effects: Effects): void {
  const call = find(signature, 'CallExpression') ?? signature
  const [name, ...parameters] = childrenOf(call)
  if (name?.name === 'Identifier') effects.sets(effects.source(name), name, false)
  effects.scope({ inner: true, holds: true }, () => {
    for (const part of parameters) bindAll(part, effects)
    for (const part of body) visit(part, effects)
  })
}

/** Names of parameters and of loops; types and defaults are read. */
function bindAll(node: SyntaxNode, effects: Effects): void {
  if (node.name === 'Identifier') effects.binds(effects.source(node), node)
  else if (node.name === 'Type') visit(node, effects)
  else if (node.name === 'KwArg') {
    const [name, , value] = childrenOf(node)
    if (value !== undefined) visit(value, effects)
    if (name !== undefined) bindAll(name, effects)
  } else for (const part of childrenOf(node)) bindAll(part, effects)
}

function visitImport(node: SyntaxNode, effects: Effects): void {
  const found = new Set<SyntaxNode>()
  const collect = (part: SyntaxNode) => {
    if (part.name === 'ImportAlias') found.add(part.lastChild!)
    else if (part.name === 'SelectedImport') childrenOf(part).slice(1).forEach(collect)
    else if (part.name === 'ImportPath') found.add(part.lastChild!)
    else if (part.name === 'Identifier') found.add(part)
    else for (const one of childrenOf(part)) collect(one)
  }
  collect(node)
  for (const one of found) effects.sets(effects.source(one), node, false)
}

function firstIdentifier(node: SyntaxNode): SyntaxNode | undefined {
  return find(node, 'Identifier')
}

/** The first node of a kind on the way down the first children. */
function find(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at !== null; at = childrenOf(at)[0] ?? null)
    if (at.name === name) return at
  return undefined
}
