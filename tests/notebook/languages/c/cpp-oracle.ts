import { words } from '../../../../service/notebook/languages/language.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { type Compiled, compiledOracle, variablesOf } from '../shared/compiled-oracle.ts'
import { areDoubles, areIntegers, digitsOf, doubleBits, hex, leavesOf } from '../shared/static-forms.ts'

/** How each type is shown; nothing else can be. */
const head = `
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
template <typename T> struct name;
template <> struct name<bool> { static std::string of() { return "bool"; } };
template <> struct name<int> { static std::string of() { return "int"; } };
template <> struct name<long long> { static std::string of() { return "long"; } };
template <> struct name<double> { static std::string of() { return "double"; } };
template <> struct name<std::string> { static std::string of() { return "string"; } };
template <typename T> struct name<std::vector<T>> { static std::string of() { return name<T>::of() + "[]"; } };
static void show(std::nullptr_t) { printf("null"); }
static void show(bool x) { printf("%d", x); }
static void show(int x) { printf("%d", x); }
static void show(long long x) { printf("%lld", x); }
static void show(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  if (x != x) printf("nan"); else printf("%016llx", (unsigned long long)bits);
}
static void show(const std::string &x) { for (unsigned char c : x) printf("%02x", c); }
template <typename T> void show(const std::vector<T> &x) {
  printf("(");
  for (std::size_t i = 0; i < x.size(); i++) { if (i > 0) printf(" "); show(static_cast<T>(x[i])); }
  printf(")");
}
static void print(std::nullptr_t) { printf("null\\n"); }
template <typename T> void print(const T &x) { printf("%s ", name<T>::of().c_str()); show(x); printf("\\n"); }
`

function program(cells: readonly OracleCase[]): string {
  const bodies = cells.map((cell, index) => {
    const prints = variablesOf(cell).map((variable) => `::print(${variable});`)
    return `// cell ${index}\nvoid cell_${index}() {\n${cell.source}\n::printf("cell ${index}\\n");\n${prints.join('\n')}\n}`
  })
  const calls = cells.map((_, index) => `cell_${index}();`)
  return `${head}${bodies.join('\n')}\nint main() {\n${calls.join('\n')}\n}\n`
}

function form(value: Value): string {
  if (value.kind === 'null') return 'null'
  const type = typeOf(value)
  if (type !== undefined) return `${type} ${show(value, type.replaceAll('[]', ''))}`
  return `string ${hex(value.kind === 'number' ? value.text : writeValue(value))}`
}

/** The type that the docs name for it; `undefined` for those that become text. */
function typeOf(value: Value): string | undefined {
  const leaves = leavesOf(value)
  if (leaves === undefined) return undefined
  const vectors = '[]'.repeat(leaves.levels)
  const kinds = new Set(leaves.scalars.map(({ kind }) => kind))
  if (kinds.size === 0) return `double${vectors}`
  if (kinds.size > 1) return undefined
  if (kinds.has('boolean')) return `bool${vectors}`
  if (kinds.has('text')) return `string${vectors}`
  const digits = digitsOf(leaves.scalars)
  if (digits === undefined) return undefined
  if (areIntegers(digits, 32)) return `int${vectors}`
  if (areIntegers(digits, 64)) return `long${vectors}`
  return areDoubles(digits) ? `double${vectors}` : undefined
}

function show(value: Value, type: string): string {
  if (value.kind === 'list') return `(${value.items.map((item) => show(item, type)).join(' ')})`
  if (value.kind === 'number')
    return type === 'double' ? doubleBits(exact(value.text)) : String(BigInt(value.text))
  return value.kind === 'text' ? hex(value.value) : String(Number((value as { value: boolean }).value))
}

/** An integer has no negative zero. */
const exact = (digits: string) => (digits === '-0' ? '0' : digits)

const includes = words('<cmath> <string> <vector>')

export const cppCompiler: Compiled = {
  grammar: 'cpp',
  kinds: words(`
    translation_unit comment preproc_include system_lib_string declaration init_declarator array_declarator
    pointer_declarator type_qualifier auto placeholder_type_specifier primitive_type sized_type_specifier
    qualified_identifier namespace_identifier template_type template_argument_list type_descriptor type_identifier
    identifier argument_list call_expression initializer_list unary_expression binary_expression
    parenthesized_expression string_literal string_content escape_sequence number_literal true false null`),
  isFine(node, variables) {
    const { type, text, parent } = node
    switch (type) {
      case 'preproc_include':
        return includes.has(text.replace('#include', '').trim())
      case 'declaration':
        return parent!.type === 'translation_unit'
      case 'identifier':
        if (parent!.childForFieldName('declarator')?.equals(node))
          return variables.has(text.replace(/_items$/, ''))
        return /^(NAN|INFINITY|string|begin|end|\w+_items)$/.test(text)
      case 'call_expression':
        return /^std::(string\(".*", \d+\)|(begin|end)\(\w+_items\))$/.test(text)
      case 'binary_expression':
        return /^-\d+(LL)? - 1$/.test(text)
      case 'namespace_identifier':
        return text === 'std'
      case 'type_identifier':
        return /^(string|vector|initializer_list)$/.test(text)
      default:
        return true
    }
  },
  declaration: 'declaration',
  companions: (source) =>
    source.match(/^(const char \*|std::initializer_list<\w[\w ]*> )\w+_items\[\] = /gm)?.length ?? 0,
  program,
  form,
  file: 'cells.cpp',
  // C++11 to the letter: with trigraphs, without GNU's extensions.
  compile: ['g++', '-std=c++11', '-pedantic-errors', '-O0', '-w', '-o', 'program', 'cells.cpp'],
}

/** Cells of C++ by g++. */
export const cppOracle: Oracle = compiledOracle(cppCompiler)
