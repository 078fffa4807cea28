import { words } from '../../../../service/notebook/languages/language.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { type Compiled, compiledOracle, variablesOf } from '../shared/compiled-oracle.ts'
import { areDoubles, areIntegers, digitsOf, doubleBits, hex, leavesOf } from '../shared/static-forms.ts'

/** How each type is shown; nothing else can be. */
const head = `#![allow(warnings)]
trait OracleShow { fn name() -> String; fn show(&self, out: &mut String); }
macro_rules! plain { ($($type:ty),*) => { $(impl OracleShow for $type {
    fn name() -> String { stringify!($type).to_string() }
    fn show(&self, out: &mut String) { out.push_str(&self.to_string()); }
})* } }
plain!(bool, i64, i128);
impl OracleShow for () {
    fn name() -> String { "()".to_string() }
    fn show(&self, out: &mut String) { out.push_str("()"); }
}
impl OracleShow for f64 {
    fn name() -> String { "f64".to_string() }
    fn show(&self, out: &mut String) {
        if self.is_nan() { out.push_str("nan") } else { out.push_str(&format!("{:016x}", self.to_bits())) }
    }
}
impl OracleShow for &'static str {
    fn name() -> String { "str".to_string() }
    fn show(&self, out: &mut String) { for byte in self.bytes() { out.push_str(&format!("{:02x}", byte)) } }
}
impl<T: OracleShow> OracleShow for Option<T> {
    fn name() -> String { T::name() + "?" }
    fn show(&self, out: &mut String) { match self { None => out.push_str("none"), Some(x) => x.show(out) } }
}
impl<T: OracleShow> OracleShow for Vec<T> {
    fn name() -> String { T::name() + "[]" }
    fn show(&self, out: &mut String) {
        out.push('(');
        for (i, x) in self.iter().enumerate() { if i > 0 { out.push(' ') } x.show(out) }
        out.push(')');
    }
}
fn oracle_show<T: OracleShow>(x: &T, out: &mut String) {
    out.push_str(&T::name());
    out.push(' ');
    x.show(out);
    out.push('\\n');
}
`

function program(cells: readonly OracleCase[]): string {
  const bodies = cells.map((cell, index) => {
    const shows = variablesOf(cell).map((variable) => `oracle_show(&${variable}, oracle_out);`)
    const start = `oracle_out.push_str("cell ${index}\\n");`
    return `// cell ${index}\nfn oracle_cell_${index}(oracle_out: &mut String) {\n${[cell.source, start, ...shows].join('\n')}\n}`
  })
  const calls = cells.map((_, index) => `oracle_cell_${index}(&mut out);`)
  const main = `fn main() {\nlet mut out = String::new();\n${calls.join('\n')}\nprint!("{}", out);\n}\n`
  return `${head}${bodies.join('\n')}\n${main}`
}

function form(value: Value): string {
  const type = typeOf(value)
  if (type !== undefined) return `${type} ${show(value, type.replace(/[?[\]]+$/, ''))}`
  return `str ${hex(value.kind === 'number' ? value.text : writeValue(value))}`
}

/** The type that the docs name for it; `undefined` for those that become text. */
function typeOf(value: Value): string | undefined {
  const leaves = leavesOf(value)
  if (leaves === undefined) return undefined
  const scalars = leaves.scalars.filter(({ kind }) => kind !== 'null')
  const option = scalars.length < leaves.scalars.length ? '?' : ''
  const vectors = option + '[]'.repeat(leaves.levels)
  const kinds = new Set(scalars.map(({ kind }) => kind))
  if (kinds.size === 0) return `${option ? '()' : 'f64'}${vectors}`
  if (kinds.size > 1) return undefined
  if (kinds.has('boolean')) return `bool${vectors}`
  if (kinds.has('text')) return `str${vectors}`
  const digits = digitsOf(scalars)
  if (digits === undefined) return undefined
  if (areIntegers(digits, 64)) return `i64${vectors}`
  if (areIntegers(digits, 128)) return `i128${vectors}`
  return areDoubles(digits) ? `f64${vectors}` : undefined
}

function show(value: Value, type: string): string {
  switch (value.kind) {
    case 'list':
      return `(${value.items.map((item) => show(item, type)).join(' ')})`
    case 'number':
      // An integer has no negative zero.
      return type === 'f64' ? doubleBits(value.text === '-0' ? '0' : value.text) : String(BigInt(value.text))
    case 'text':
      return hex(value.value)
    default:
      return value.kind === 'boolean' ? String(value.value) : 'none'
  }
}

// A list as a slice, and a table that is cut from one list, from within.
const calls =
  /(\]|^row)\.to_vec\(\)$|\]\.chunks\(\d+\)(\.map\(\|row\| row\.to_vec\(\)\)(\.collect\(\))?)?$|^Some\([^()]*\)$/

export const rustCompiler: Compiled = {
  grammar: 'rust',
  kinds: words(`
    source_file line_comment let_declaration identifier primitive_type reference_type lifetime generic_type
    type_arguments type_identifier unit_type scoped_identifier macro_invocation token_tree unary_expression
    boolean_literal integer_literal float_literal string_literal string_content escape_sequence
    call_expression field_expression field_identifier arguments array_expression closure_expression closure_parameters`),
  isFine(node, variables) {
    const { type, text, parent } = node
    switch (type) {
      case 'let_declaration':
        return parent!.type === 'source_file'
      case 'identifier':
        if (parent!.childForFieldName('pattern')?.equals(node)) return variables.has(text)
        if (parent!.type === 'lifetime') return text === 'static'
        return /^(vec|Some|None|f64|NAN|INFINITY|NEG_INFINITY|row)$/.test(text)
      case 'type_identifier':
        return /^(Vec|Option)$/.test(text)
      case 'call_expression':
        return calls.test(text)
      case 'field_identifier':
        return /^(to_vec|chunks|map|collect)$/.test(text)
      case 'closure_expression':
        return text === '|row| row.to_vec()'
      case 'unary_expression':
        return /^-[0-9]/.test(text)
      default:
        return true
    }
  },
  declaration: 'let_declaration',
  program,
  form,
  file: 'cells.rs',
  // Debian 12 has Rust 1.63.
  compile: ['rustc', '--edition=2021', '-C', 'debuginfo=0', '-C', 'opt-level=0', '-o', 'program', 'cells.rs'],
}

/** Cells of Rust by rustc. */
export const rustOracle: Oracle = compiledOracle(rustCompiler)
