import type { SyntaxNode } from '@lezer/common'
import { type Effect, type Effects, readEffects, strictly, visitChildren } from '../shared/cells/effects.ts'
import { childrenOf } from '../shared/cells/read-cell.ts'
import { grammar } from '../shared/grammar.ts'

const grammarOf = grammar('@lezer/javascript')
const javascriptParser = strictly(grammarOf)
const typescriptParser = strictly(() => grammarOf().configure({ dialect: 'ts' }))

/** What a cell of JavaScript does with names; `undefined` where that is not known. */
export function javascriptEffects(source: string): readonly Effect[] | undefined {
  return readEffects(withoutMagics(source), javascriptParser(), visit)
}

/** The same for TypeScript. */
export function typescriptEffects(source: string): readonly Effect[] | undefined {
  return readEffects(withoutMagics(source), typescriptParser(), visit)
}

/** Some kernels have commands of their own: a line that begins so is no JavaScript. */
function withoutMagics(source: string): string {
  return source.replace(/^[ \t]*%[^\n]*/gm, '')
}

function visit(node: SyntaxNode, effects: Effects): void {
  const parts = () => childrenOf(node)
  const all = (nodes: readonly SyntaxNode[]) => {
    for (const one of nodes) visit(one, effects)
  }
  switch (node.name) {
    case 'VariableName':
      effects.reads(effects.source(node))
      return
    case 'VariableDefinition':
      effects.assigns(effects.source(node), node)
      return
    case 'String':
      effects.quoted(effects.source(node).slice(1, -1))
      return
    case 'VariableDeclaration':
      visitDeclaration(node, effects)
      return
    case 'ExpressionStatement': {
      const [first, ...rest] = parts()
      if (first?.name === 'AssignmentExpression') visitAssignment(first, effects)
      else if (first !== undefined) effects.conditionally(() => visit(first, effects))
      all(rest)
      return
    }
    case 'AssignmentExpression':
      effects.conditionally(() => visitAssignment(node, effects))
      return
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const name = parts().find((part) => part.name === 'VariableDefinition')
      if (name !== undefined) effects.conditionally(() => effects.binds(effects.source(name), name))
      effects.scope({ inner: true, holds: true }, () =>
        all(parts().filter((part) => part.from !== name?.from)),
      )
      return
    }
    case 'FunctionExpression':
    case 'ClassExpression':
    case 'ArrowFunction':
    case 'MethodDeclaration':
      effects.scope({ inner: true, holds: true }, () => {
        for (const part of parts()) {
          if (part.name === 'VariableDefinition') effects.binds(effects.source(part), part)
          else visit(part, effects)
        }
      })
      return
    case 'ParamList':
      for (const part of parts()) bindAll(part, effects)
      return
    case 'Property': {
      const [name, ...rest] = parts()
      // `{x}` is `{x: x}`.
      if (name?.name === 'PropertyDefinition' && rest.length === 0) effects.reads(effects.source(name))
      effects.scope({ inner: rest.some((part) => part.name === 'ParamList'), holds: false }, () =>
        all(parts()),
      )
      return
    }
    case 'Block':
      effects.scope({ inner: false, holds: false }, () => all(parts()))
      return
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoStatement':
    case 'SwitchStatement':
    case 'TryStatement':
    case 'ConditionalExpression':
      effects.conditionally(() => {
        for (const part of parts()) {
          if (part.name === 'ParenthesizedExpression') effects.test(() => visit(part, effects))
          else visit(part, effects)
        }
      })
      return
    case 'ForStatement':
      effects.scope({ inner: false, holds: false }, () => effects.conditionally(() => all(parts())))
      return
    case 'ForOfSpec':
    case 'ForInSpec': {
      const isOwn = parts().some((part) => part.name === 'let' || part.name === 'const')
      const at = parts().findIndex((part) => part.name === 'of' || part.name === 'in')
      for (const part of parts().slice(0, at)) {
        if (isOwn) bindAll(part, effects)
        else if (part.name === 'VariableName') effects.assigns(effects.source(part), part)
        else visit(part, effects)
      }
      all(parts().slice(at + 1))
      return
    }
    case 'CatchClause':
      effects.scope({ inner: false, holds: false }, () => {
        for (const part of parts()) {
          if (part.name === 'Block') visit(part, effects)
          else bindAll(part, effects)
        }
      })
      return
    case 'ImportDeclaration':
      effects.conditionally(() =>
        visitChildren(node, effects, (part, of) => {
          if (part.name === 'VariableDefinition') of.sets(of.source(part), part, false)
          else if (part.name === 'ImportGroup') visitImported(part, of)
        }),
      )
      return
    case 'CallExpression': {
      const [callee] = parts()
      if (callee !== undefined && effects.source(callee) === 'eval') effects.anything(node, true)
      visitChildren(node, effects, visit)
      return
    }
    default:
      visitChildren(node, effects, visit)
  }
}

function visitImported(group: SyntaxNode, effects: Effects): void {
  for (const part of childrenOf(group)) {
    if (part.name === 'VariableDefinition') effects.sets(effects.source(part), part, false)
  }
}

/** `var a = 1, {b} = c`: `let` and `const` belong to their block. */
function visitDeclaration(node: SyntaxNode, effects: Effects): void {
  const [word, ...parts] = childrenOf(node)
  const isOwn = word !== undefined && effects.source(word) !== 'var'
  let target: SyntaxNode | undefined
  let hasValue = false
  const declare = () => {
    if (target === undefined) return
    const set = (name: SyntaxNode) => {
      if (isOwn) effects.binds(effects.source(name), name)
      else effects.sets(effects.source(name), name)
    }
    // Without a value it keeps the one it has, or has none: no one can tell.
    if (hasValue) setAll(target, effects, set)
    else effects.conditionally(() => setAll(target!, effects, set))
    target = undefined
    hasValue = false
  }
  for (const part of parts) {
    if (part.name === ',') declare()
    else if (part.name === 'Equals') hasValue = true
    else if (target === undefined && /Definition$|Pattern$/.test(part.name)) target = part
    else visit(part, effects)
  }
  declare()
}

/** `a = 1`, `a = b = 1`, `[a, b] = c`; `a.b = 1` and `a += 1` read what they change. */
function visitAssignment(node: SyntaxNode, effects: Effects): void {
  const [target, sign, value] = childrenOf(node)
  if (target === undefined || sign === undefined || value === undefined) return
  if (value.name === 'AssignmentExpression') visitAssignment(value, effects)
  else visit(value, effects)
  const isSet = sign.name === 'Equals'
  if (isSet && target.name === 'VariableName') effects.assigns(effects.source(target), node)
  else if (isSet && /Pattern$/.test(target.name)) {
    setAll(target, effects, (name) => effects.assigns(effects.source(name), name))
  } else visit(target, effects)
}

/** The names in a pattern; its defaults are read. */
function setAll(node: SyntaxNode, effects: Effects, set: (name: SyntaxNode) => void): void {
  if (node.name === 'VariableDefinition') set(node)
  else if (/^(Object|Array)Pattern$|^PatternProperty$/.test(node.name)) {
    for (const part of childrenOf(node)) setAll(part, effects, set)
  } else if (node.name !== 'PropertyName') visit(node, effects)
}

function bindAll(node: SyntaxNode, effects: Effects): void {
  setAll(node, effects, (name) => effects.binds(effects.source(name), name))
}
