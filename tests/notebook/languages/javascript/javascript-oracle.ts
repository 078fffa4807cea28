import { createContext, runInContext } from 'node:vm'
import type { Node } from 'web-tree-sitter'
import { words } from '../../../../service/notebook/languages/language.ts'
import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { strangeNode } from '../shared/literal-tree.ts'

const kinds = words(`
  program comment variable_declaration lexical_declaration variable_declarator expression_statement
  assignment_expression identifier number string string_fragment escape_sequence null true false unary_expression array
  object pair computed_property_name`)

/** No name stands for a value but these two. */
function isNamedValue(node: Node): boolean {
  if (node.type === 'unary_expression') return node.text.startsWith('-')
  if (node.type !== 'identifier') return true
  const isTarget = node.parent?.childForFieldName('name')?.id === node.id
  const isLeft = node.parent?.childForFieldName('left')?.id === node.id
  return isTarget || isLeft || node.text === 'NaN' || node.text === 'Infinity'
}

/** Each cell in a global scope of its own, twice, as IJavascript does; and read as the strict code of a module. */
export const javascriptOracle: Oracle = async (cases) => {
  const faults: (string | undefined)[] = []
  for (const one of cases)
    faults.push((await strangeNode('javascript', one.source, kinds, isNamedValue)) ?? runCell(one))
  return faults
}

/** What is wrong with the variables that a cell sets. */
export function runCell({ params, source, names }: OracleCase): string | undefined {
  const scope: Record<string, unknown> = {}
  try {
    const context = createContext(scope)
    runInContext(`(async function () { "use strict";\n${source}\n})`, context)
    runInContext(source, context)
    runInContext(source, context)
  } catch (error) {
    return String(error)
  }
  const sent = readParameters(params)
  if (Object.keys(scope).length !== sent.length)
    return `${sent.length} sent, ${Object.keys(scope).length} set`
  for (const [name, value] of sent) {
    const variable = names[name]!
    if (!Object.hasOwn(scope, variable)) return `${name} is not in ${variable}`
    if (!isSame(value, scope[variable])) return `${name} is ${show(scope[variable])}`
  }
  return undefined
}

/** Whether JavaScript has for a value what the docs say (docs/languages.md). */
function isSame(value: Value, got: unknown): boolean {
  switch (value.kind) {
    case 'null':
      return got === null
    case 'boolean':
    case 'text':
      return got === value.value
    case 'number':
      return Object.is(got, numberOf(value.text))
    case 'list':
      return (
        Array.isArray(got) &&
        got.length === value.items.length &&
        value.items.every((item, index) => isSame(item, got[index]))
      )
    case 'object': {
      if (!isPlainObject(got)) return false
      const order = JSON.stringify(inItsOrder(value.entries.map(([name]) => name)))
      if (JSON.stringify(Object.keys(got)) !== order) return false
      return value.entries.every(([name, member]) => isSame(member, got[name]))
    }
  }
}

function numberOf(digits: string): number | bigint {
  if (digits === '-0') return 0
  const value = Number(digits)
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value
}

function isPlainObject(got: unknown): got is Record<string, unknown> {
  if (typeof got !== 'object' || got === null) return false
  const prototype = Object.getPrototypeOf(got)
  return (
    prototype !== null && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'valueOf')
  )
}

/** Integers come first, the least of them first. */
function inItsOrder(names: readonly string[]): string[] {
  const isIndex = (name: string) => String(Number(name) >>> 0) === name && name !== '4294967295'
  const indexes = names.filter(isIndex).sort((one, other) => Number(one) - Number(other))
  return [...indexes, ...names.filter((name) => !isIndex(name))]
}

function show(got: unknown): string {
  const text = JSON.stringify(got, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))
  return `${typeof got} ${text ?? String(got)}`.slice(0, 200)
}
