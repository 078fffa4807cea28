import t from 'tap'
import { cpp } from '../../../../service/notebook/languages/c/cpp.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf, label } from '../../support.ts'

/** The lines after the first one. */
const code = (params: string, parametersSource?: string) =>
  cellOf('c++', params, parametersSource).source.split('\n').slice(1).join('\n')

t.test('C++ has a literal for every kind of value, and the includes that it needs', async (t) => {
  const table: [json: string, code: string][] = [
    ['null', 'auto x = nullptr; // not set'],
    ['true', 'bool x = true;'],
    ['0', 'int x = 0;'],
    ['-0', 'int x = -0;'],
    ['-2147483648', 'int x = (-2147483647 - 1);'],
    ['2147483648', 'long long x = 2147483648LL;'],
    ['-9223372036854775808', 'long long x = (-9223372036854775807LL - 1);'],
    [
      '9223372036854775808',
      '#include <string>\nstd::string x = "9223372036854775808"; // an integer beyond long long, as text',
    ],
    ['1.0', 'double x = 1.0;'],
    ['-0.0', 'double x = -0.0;'],
    ['1E+05', 'double x = 1E+05;'],
    ['NaN', '#include <cmath>\ndouble x = NAN;'],
    ['-Infinity', '#include <cmath>\ndouble x = -INFINITY;'],
    ['1E400', '#include <cmath>\ndouble x = INFINITY; // beyond the range of a double'],
    ['-1e-400', 'double x = -0.0; // too small for a double'],
    ['"µm 😀"', '#include <string>\nstd::string x = "µm 😀";'],
    ['"what??/\\"\\\\"', '#include <string>\nstd::string x = "what?\\?/\\"\\\\";'],
    ['"\\u0085\u202e"', '#include <string>\nstd::string x = "\\302\\205\\342\\200\\256";'],
    ['"a\\u00001"', '#include <string>\nstd::string x = std::string("a\\0001", 3);'],
    ['[]', '#include <vector>\nstd::vector<double> x = {};'],
    ['[[]]', '#include <vector>\nstd::vector<std::vector<double>> x = {{}};'],
    ['[1, 2]', '#include <vector>\nstd::vector<int> x = {1, 2};'],
    ['[1, 3000000000]', '#include <vector>\nstd::vector<long long> x = {1LL, 3000000000LL};'],
    ['[1, 2.5, NaN]', '#include <vector>\n#include <cmath>\nstd::vector<double> x = {1.0, 2.5, NAN};'],
    ['[true, false]', '#include <vector>\nstd::vector<bool> x = {true, false};'],
    ['["a", "b"]', '#include <string>\n#include <vector>\nstd::vector<std::string> x = {"a", "b"};'],
    ['[[1, 2], [3.5]]', '#include <vector>\nstd::vector<std::vector<double>> x = {{1.0, 2.0}, {3.5}};'],
    ['[[1], ["a"]]', '#include <string>\nstd::string x = "[[1],[\\"a\\"]]"; // JSON text'],
    ['[1, null]', '#include <string>\nstd::string x = "[1,null]"; // JSON text'],
    // One of them would lose a digit as a double.
    ['[9007199254740993, 0.5]', '#include <string>\nstd::string x = "[9007199254740993,0.5]"; // JSON text'],
    ['[[[[1]]]]', '#include <string>\nstd::string x = "[[[[1]]]]"; // JSON text'],
    ['{"a": 1}', '#include <string>\nstd::string x = "{\\"a\\":1}"; // JSON text'],
  ]
  for (const [json, expected] of table) t.equal(code(`{"x": ${json}}`), expected, label(json))
  t.equal(
    code('{"a b": "x", "b": [1]}'),
    '#include <string>\n#include <vector>\nstd::string a_b = "x"; // "a b"\nstd::vector<int> b = {1};',
    'each include stands once',
  )
})

t.test('names of C++ keep themselves, others are mapped', async (t) => {
  const table: [sent: string[], variables: string[], declared?: string[]][] = [
    [
      ['x', 'größe', '名前', '_x'],
      ['x', 'größe', '名前', '_x'],
    ],
    [
      ['class', 'namespace', 'and', 'co_await'],
      ['class_', 'namespace_', 'and_', 'co_await_'],
    ],
    [
      ['std', 'string', 'cout', 'main', 'nlohmann', '_X', '__x'],
      ['std_', 'string_', 'cout_', 'main_', 'nlohmann_', 'p_X', 'p__x'],
    ],
    [['vector'], ['vector'], ['vector']],
    [
      ['2nd', '', 'a-b', 'x😀', 'e\u0301'],
      ['x_2nd', 'x_', 'a_b', 'x__2', 'e_'],
    ],
    [
      ['ﬁ', 'fi'],
      ['ﬁ', 'fi_2'],
    ],
  ]
  for (const [sent, expected, declared] of table) {
    const { variables } = nameVariables(sent, cpp.identifiers, new Set(declared))
    t.strictSame(variables, expected, label(sent.join(' ')))
  }
})

t.test('what the parameters cell declares with a type that fits is set without one', async (t) => {
  const table: [parameters: string, json: string, code: string][] = [
    ['double x = 20.0;', '21', 'x = 21.0;'],
    ['auto x = 20.0;', '21', 'x = 21.0;'],
    ['int x = 1;', '2', 'x = 2;'],
    ['int64_t x = 1;', '3000000000', 'x = 3000000000LL;'],
    ['int x = 1;', '2.5', 'double x = 2.5;'],
    ['const double x = 20.0;', '21.5', 'double x = 21.5;'],
    ['double x[] = {1.0};', '2.5', 'double x = 2.5;'],
    ['std::string x = "a";', '"b"', '#include <string>\nx = "b";'],
    ['using namespace std;\nstring x;', '{"a": 1}', '#include <string>\nx = "{\\"a\\":1}"; // JSON text'],
    ['const char *x = "a";', '"b"', 'x = "b";'],
    ['auto x = "a";', '"b"', 'x = "b";'],
    ['const char *x = "a";', '"b\\u0000"', '#include <string>\nstd::string x = std::string("b\\000", 2);'],
    ['std::vector<double> x{1.5, 2};', '[1, 2]', '#include <vector>\nx = {1.0, 2.0};'],
    ['std::vector<std::vector<double>> x;', '[]', '#include <vector>\nx = {};'],
    ['std::vector<std::string> x;', '[1]', '#include <vector>\nstd::vector<int> x = {1};'],
    ['double x = 1.5;', 'null', 'auto x = nullptr; // not set'],
  ]
  for (const [parameters, json, expected] of table)
    t.equal(code(`{"x": ${json}}`, parameters), expected, label(`${parameters} ${json}`))
  t.equal(code('{"ﬁ": 2}', 'int fi = 1;'), 'int ﬁ = 2;', 'another name than the one declared')
})

/** Where a cell of megabytes begins and ends, for people who read why a test failed. */
const ends = (cell: string) => `${cell.slice(0, 120)} … ${cell.slice(-120)}`

t.test('a vector of many texts or rows is made from an array, what is too much JSON text', async (t) => {
  const list = (count: number, item: unknown) => JSON.stringify(Array(count).fill(item))
  t.match(ends(code(`{"x": ${list(199, 'a')}}`)), /\nstd::vector<std::string> x = \{\n/)
  t.match(
    ends(code(`{"x": ${list(200, 'a')}, "x_items": 1}`)),
    /\nconst char \*x_items_2\[\] = \{\n.*\nstd::vector<std::string> x\(std::begin\(x_items_2\), std::end\(x_items_2\)\);\n/s,
  )
  t.match(ends(code(`{"x": ${list(198, [1, 2])}}`)), /\nstd::vector<std::vector<int>> x = \{\n/)
  t.match(
    ends(code(`{"x": ${list(200, [1, 2])}}`)),
    /\nstd::initializer_list<int> x_items\[\] = \{\n.*\nstd::vector<std::vector<int>> x\(std::begin\(x_items\), std::end\(x_items\)\);$/s,
  )
  t.match(
    ends(code(`{"x": ${list(200, [1, 2])}}`, 'std::vector<std::vector<double>> x;')),
    /\nstd::initializer_list<double> x_items\[\] = \{\n {4}\{1\.0, 2\.0\},.*\nx\.assign\(std::begin\(x_items\), std::end\(x_items\)\);$/s,
  )
  t.match(ends(code(`{"x": ${list(249, ['a'])}}`)), /\nstd::vector<std::vector<std::string>> x = \{\n/)
  t.match(ends(code(`{"x": ${list(250, ['a'])}}`)), /\nstd::string x = "\[\[.* \/\/ JSON text$/s)
})
