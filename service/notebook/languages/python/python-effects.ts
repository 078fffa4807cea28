import type { SyntaxNode } from '@lezer/common'
import { words } from '../language.ts'
import {
  type Effect,
  type Effects,
  isTooLong,
  readEffects,
  strictly,
  visitChildren,
} from '../shared/cells/effects.ts'
import { childrenOf } from '../shared/cells/read-cell.ts'
import { grammar } from '../shared/grammar.ts'
import { prepare } from './python-cell.ts'
import { type Magic, withoutMagics } from './python-lines.ts'

const parser = strictly(grammar('@lezer/python'))

/** Cell magics whose cell is Python and runs as any other. */
const transparent = words('time capture prun debug snakeviz memray heat scalene notify skip eval')
/** Those whose cell is Python that runs in a function of its own. */
const measured = words('timeit memit lprun mprun')
/** Line magics after which any name may be another. */
const setting = words(`
  run rerun recall rep store reset reset_selective xdel pylab load loadpy edit ed macro paste cpaste notebook R Rpull
  sql bigquery cython px autopx`)

const settingCalls = words('exec execfile run_cell run_line_magic run_cell_magic magic')
const readingCalls = words('eval globals locals vars dir query evaluate interact')
const harmlessMagic = /^\W*(?:matplotlib|(?:re|un)?load_ext|autoreload|config|precision|pip|conda)\b/
const ownNames = /\b(?:globals|locals|vars|dir)\s*\(/

/** What a cell of Python does with names, as IPython runs it; `undefined` where that is not known. */
export function pythonEffects(source: string): readonly Effect[] | undefined {
  const [, name = '', line = ''] = /^\s*%%(\w*)([^\n]*)/.exec(source) ?? []
  if (name !== '' && !transparent.has(name) && !measured.has(name)) return otherLanguage(source, line)
  if (isTooLong(source)) return undefined
  const { text, magics } = withoutMagics(dedented(source))
  const byLine = new Map(magics.map((magic) => [magic.line, magic]))
  const visit = (node: SyntaxNode, effects: Effects) => {
    if (measured.has(name) && node.name === 'Script') {
      effects.scope({ inner: true, holds: true }, () => visitChildren(node, effects, visit))
      return
    }
    visitNode(node, effects, visit, byLine)
  }
  return readEffects(prepare(text), parser(), visit)
}

/** IPython takes the indentation of the first line off the whole cell. */
function dedented(source: string): string {
  const [, space] = /^(?:[ \t]*\n)*([ \t]+)\S/.exec(source) ?? []
  return space === undefined ? source : source.replaceAll(`\n${space}`, '\n').replace(space, '')
}

/** A cell that another program runs. It may be given any variable that it mentions; `-o x` sets one. */
function otherLanguage(source: string, line: string): Effect[] {
  const set = Array.from(line.matchAll(/(?:-o|--out(?:put)?|--result)[ =]([\w,]+)/g), ([, names]) =>
    names!.split(','),
  )
  return [
    ...namesIn(source),
    ...set.flat().map((name): Effect => ({ kind: 'sets', name, line: 1, plain: false })),
  ]
}

function namesIn(text: string): Effect[] {
  const names = new Set(text.slice(0, 100_000).match(/[\p{L}_][\p{L}\p{Nd}_]*/gu))
  return Array.from(names, (name) => ({ kind: 'reads', name, inner: true }))
}

type Visiting = (node: SyntaxNode, effects: Effects) => void

function visitNode(
  node: SyntaxNode,
  effects: Effects,
  visit: Visiting,
  magics: ReadonlyMap<number, Magic>,
): void {
  const all = (nodes: readonly SyntaxNode[]) => {
    for (const one of nodes) visit(one, effects)
  }
  const targets = (nodes: readonly SyntaxNode[], plain: boolean) => {
    for (const one of nodes) setTarget(one, effects, visit, plain)
  }
  const parts = () => childrenOf(node)

  switch (node.name) {
    case 'VariableName':
      effects.reads(effects.source(node))
      return
    case 'String':
      effects.quoted(/^[a-zA-Z]*(["']{1,3})(\w+)\1$/.exec(effects.source(node))?.[2] ?? '')
      return
    case 'PassStatement':
      readMagic(magics.get(effects.lineOf(node)), node, effects)
      return
    case 'AssignStatement':
      inOwnNames(node, effects, () => {
        const sides: SyntaxNode[][] = [[]]
        for (const part of parts()) {
          if (part.name === 'AssignOp') sides.push([])
          else if (part.name === 'TypeDef') visit(part, effects)
          else sides.at(-1)!.push(part)
        }
        if (sides.length === 1) return
        all(sides.pop()!)
        readMagic(magics.get(effects.lineOf(node)), node, effects)
        for (const side of sides) targets(side, true)
      })
      return
    case 'NamedExpression': {
      const [name, , value] = parts()
      if (value !== undefined) visit(value, effects)
      if (name !== undefined) targets([name], false)
      return
    }
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'UpdateStatement':
      inOwnNames(node, effects, () => visitChildren(node, effects, visit))
      return
    case 'FunctionDefinition':
    case 'LambdaExpression':
      visitFunction(node, effects, visit)
      return
    case 'ClassDefinition': {
      const name = parts().find((part) => part.name === 'VariableName')
      for (const part of parts()) {
        if (part.name === 'Body')
          effects.scope({ inner: true, holds: true }, () => visitChildren(part, effects, visit))
        else if (part.from !== name?.from) visit(part, effects)
      }
      if (name !== undefined) targets([name], false)
      return
    }
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'ComprehensionExpression':
      effects.scope({ inner: false, holds: false }, () => visitLoop(parts(), effects, visit, true))
      return
    case 'ForStatement':
      visitLoop(parts(), effects, visit, false)
      return
    case 'IfStatement':
    case 'WhileStatement':
    case 'ConditionalExpression':
    case 'AssertStatement':
      for (const part of parts()) {
        if (part.name === 'Body') effects.conditionally(() => visit(part, effects))
        else effects.test(() => visit(part, effects))
      }
      return
    case 'TryStatement':
    case 'WithStatement':
      effects.conditionally(() => visitAs(parts(), effects, visit))
      return
    case 'MatchClause':
      effects.conditionally(() => visitChildren(node, effects, visit))
      return
    case 'CapturePattern':
      targets(parts(), false)
      return
    case 'KeywordPattern':
      all(parts().slice(1))
      return
    case 'ImportStatement':
      visitImport(node, effects)
      return
    case 'ScopeStatement':
      for (const part of parts().slice(1)) {
        if (part.name === 'VariableName') effects.declaresOuter(effects.source(part))
      }
      return
    case 'TypeDefinition': {
      const [, name, ...rest] = parts()
      all(rest)
      if (name !== undefined) targets([name], false)
      return
    }
    case 'ArgList': {
      const list = parts()
      list.forEach((part, index) => {
        const sign = list[index + 1]
        if (part.name !== 'VariableName' || sign?.name !== 'AssignOp') visit(part, effects)
        else if (effects.source(sign) === ':=') targets([part], false)
      })
      return
    }
    case 'CallExpression':
      visitCall(node, effects)
      visitChildren(node, effects, visit)
      return
    default:
      visitChildren(node, effects, visit)
  }
}

/** A statement that asks for the names of the notebook names in quotes what it asks for. */
function inOwnNames(node: SyntaxNode, effects: Effects, visit: () => void): void {
  if (ownNames.test(effects.source(node))) effects.test(visit)
  else visit()
}

/** `a`, `(a, *b)`; anything else is an expression that is read, such as `a.b` and `a[0]`. */
function setTarget(node: SyntaxNode, effects: Effects, visit: Visiting, plain: boolean): void {
  if (node.name === 'VariableName') effects.sets(effects.source(node), node, plain)
  else if (/^(Tuple|Array|Parenthesized)Expression$/.test(node.name)) {
    for (const part of childrenOf(node)) setTarget(part, effects, visit, plain)
  } else visit(node, effects)
}

function visitFunction(node: SyntaxNode, effects: Effects, visit: Visiting): void {
  const parts = childrenOf(node)
  const parameters: SyntaxNode[] = []
  const name =
    node.name === 'FunctionDefinition' ? parts.find((part) => part.name === 'VariableName') : undefined
  for (const part of parts) {
    if (part.name === 'TypeDef') visit(part, effects)
    if (part.name !== 'ParamList') continue
    // Defaults and types are read where the function is defined.
    let isDefault = false
    for (const one of childrenOf(part)) {
      if (one.name === ',') isDefault = false
      else if (one.name === 'AssignOp') isDefault = true
      else if (one.name === 'VariableName' && !isDefault) parameters.push(one)
      else visit(one, effects)
    }
  }
  if (name !== undefined) effects.sets(effects.source(name), name, false)
  effects.scope({ inner: true, holds: true }, () => {
    for (const one of parameters) effects.binds(effects.source(one), one)
    for (const part of parts) {
      if (part.from !== name?.from && part.name !== 'ParamList' && part.name !== 'TypeDef')
        visit(part, effects)
    }
  })
}

/** `for a, b in c: …` and the same in a comprehension, where the names are its own. */
function visitLoop(parts: readonly SyntaxNode[], effects: Effects, visit: Visiting, own: boolean): void {
  const found: SyntaxNode[] = []
  let isTarget = false
  for (const part of parts) {
    if (part.name === 'for') isTarget = true
    else if (part.name === 'in') isTarget = false
    else if (isTarget) found.push(part)
    else if (part.name !== 'Body') visit(part, effects)
  }
  const bind = (node: SyntaxNode) => {
    if (own && node.name === 'VariableName') effects.binds(effects.source(node), node)
    else if (own && /^(Tuple|Array|Parenthesized)Expression$/.test(node.name)) childrenOf(node).forEach(bind)
    else setTarget(node, effects, visit, false)
  }
  found.forEach(bind)
  for (const part of parts) {
    if (part.name === 'Body') effects.conditionally(() => visit(part, effects))
  }
}

/** What stands after `as` is set: `with open(a) as b`, `except E as e`. */
function visitAs(parts: readonly SyntaxNode[], effects: Effects, visit: Visiting): void {
  parts.forEach((part, index) => {
    if (parts[index - 1]?.name === 'as') setTarget(part, effects, visit, false)
    else visit(part, effects)
  })
}

function visitImport(node: SyntaxNode, effects: Effects): void {
  const parts = childrenOf(node)
  const isFrom = parts[0]?.name === 'from'
  const list = isFrom ? parts.slice(parts.findIndex(({ name }) => name === 'import')) : parts
  /** The first part of what is imported: `a` of `a.b`, which is set unless `as` follows it. */
  let first: SyntaxNode | undefined
  const setFirst = () => {
    if (first !== undefined) effects.sets(effects.source(first), first, false)
    first = undefined
  }
  for (const [index, part] of list.entries()) {
    const before = list[index - 1]?.name
    if (part.name === '*') effects.anything(node, true, false)
    else if (part.name === 'as') first = undefined
    else if (part.name === ',') setFirst()
    else if (part.name === 'VariableName' && before !== '.') first = part
  }
  setFirst()
}

/** What may read or set names by other means. */
function visitCall(node: SyntaxNode, effects: Effects): void {
  const [callee, args] = childrenOf(node)
  const called = callee?.name === 'MemberExpression' ? callee.lastChild : callee
  if (called === null || called === undefined) return
  const name = effects.source(called)
  const isMagic = /^(run_(line|cell)_)?magic$/.test(name)
  if (isMagic && args !== undefined && harmlessMagic.test(effects.source(args))) return
  if (settingCalls.has(name)) effects.anything(node, true)
  else if (readingCalls.has(name)) effects.anything(node, false)
}

function readMagic(magic: Magic | undefined, node: SyntaxNode, effects: Effects): void {
  if (magic === undefined) return
  const name = /^%+(\w+)/.exec(magic.text)?.[1] ?? ''
  if (setting.has(name)) effects.anything(node, true)
  for (const effect of namesIn(magic.text)) effects.all.push(effect)
  // `%time x = f()` sets it.
  const set = /\s([A-Za-z_]\w*)\s*=(?!=)/.exec(magic.text)?.[1]
  if (name !== '' && set !== undefined) effects.sets(set, node, false)
}
