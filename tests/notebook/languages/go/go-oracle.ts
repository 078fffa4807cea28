import type { Node } from 'web-tree-sitter'
import { words } from '../../../../service/notebook/languages/language.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import type { Oracle } from '../../oracle.ts'
import { type Compiled, compiledOracle } from '../shared/compiled-oracle.ts'
import {
  areDoubles,
  areIntegers,
  digitsOf,
  doubleBits,
  fits,
  hex,
  type Leaves,
  leavesOf,
} from '../shared/static-forms.ts'
import { program } from './go-program.ts'

function form(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'nil'
    case 'boolean':
      return `bool ${value.value}`
    case 'text':
      return `string ${hex(value.value)}`
    case 'number':
      return number(value.text)
    case 'list':
      return list(value.items, typeOf(value))
    case 'object': {
      const members = value.entries.map(([name, member]) => [hex(name), form(member)] as const)
      const sorted = members.sort(([one], [other]) => (one < other ? -1 : 1))
      return `{${sorted.map(([name, member]) => ` ${name}:${member}`).join('')}}`
    }
  }
}

const isInteger = (digits: string) => /^-?\d+$/.test(digits)

function number(digits: string, asDouble = false): string {
  if (!isInteger(digits)) return `float64 ${doubleBits(digits)}`
  if (asDouble) return `float64 ${doubleBits(String(BigInt(digits)))}`
  return `${fits(digits, 64) ? 'int' : 'big'} ${BigInt(digits)}`
}

function list(items: readonly Value[], type: string): string {
  const own = type.slice('[]'.length)
  const shown = items.map((item) => {
    if (item.kind === 'list') return list(item.items, own.startsWith('[]') ? own : typeOf(item))
    return item.kind === 'number' ? number(item.text, own === 'float64') : form(item)
  })
  return `${type}(${shown.map((item) => ` ${item}`).join('')})`
}

/** The type that the docs name for a list. */
function typeOf(value: Value): string {
  const leaves = leavesOf(value)
  return leaves === undefined ? '[]interface {}' : '[]'.repeat(leaves.levels) + elementOf(leaves)
}

function elementOf({ scalars }: Leaves): string {
  const kinds = new Set(scalars.map(({ kind }) => kind))
  const digits = digitsOf(scalars)
  if (kinds.size !== 1 || kinds.has('null')) return 'interface {}'
  if (kinds.has('boolean')) return 'bool'
  if (kinds.has('text')) return 'string'
  if (digits === undefined) return 'map[string]interface {}'
  if (areIntegers(digits, 64)) return 'int'
  if (digits.every((each) => isInteger(each) && !fits(each, 64))) return '*big.Int'
  return areDoubles(digits) ? 'float64' : 'interface {}'
}

const calls = /^(math\.(NaN\(\)|Inf\(-?1\)|Copysign\(0, -1\)))$/
const bigInteger =
  /^func\(\) \*big\.Int \{ n, _ := new\(big\.Int\)\.SetString\("-?\d+", 10\); return n \}(\(\))?$/

export const goCompiler: Compiled = {
  grammar: 'go',
  kinds: words(`
    source_file comment import_declaration import_spec var_declaration var_spec expression_list identifier type_identifier
    composite_literal literal_value literal_element keyed_element slice_type map_type pointer_type qualified_type
    package_identifier field_identifier selector_expression unary_expression int_literal float_literal
    interpreted_string_literal interpreted_string_literal_content escape_sequence true false nil
    call_expression argument_list func_literal parameter_list block statement_list short_var_declaration
    return_statement`),
  isFine(node, variables) {
    const { type, text, parent } = node
    switch (type) {
      case 'import_spec':
        return text === '"math"' || text === '"math/big"'
      case 'var_declaration':
        return parent!.type === 'source_file'
      case 'type_identifier':
        return /^(any|bool|int|float64|string|Int)$/.test(text)
      case 'identifier':
        if (parent!.childForFieldName('name')?.equals(node)) return variables.has(text)
        return /^(math|n|_|new|big)$/.test(text)
      case 'call_expression':
        return calls.test(text) || bigInteger.test(text) || isInBigInteger(node)
      case 'func_literal':
        return bigInteger.test(text)
      case 'unary_expression':
        return /^-[0-9]/.test(text)
      default:
        return true
    }
  },
  declaration: 'var_spec',
  program,
  form,
  file: 'cells.go',
  // Debian 12 has Go 1.19.
  compile: ['go', 'build', '-gcflags=-e', '-o', 'program', 'cells.go'],
  environment: { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off', GO111MODULE: 'on' },
}

function isInBigInteger(node: Node): boolean {
  for (let at = node.parent; at !== null; at = at.parent)
    if (at.type === 'func_literal') return bigInteger.test(at.text)
  return false
}

/** Cells of Go by its compiler. */
export const goOracle: Oracle = compiledOracle(goCompiler)
