import t from 'tap'
import { matlab } from '../../../../service/notebook/languages/matlab/matlab.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf } from '../../oracle.ts'
import { cellOf, label } from '../../support.ts'

const code = (json: string) => cellOf('octave', `{"x": ${json}}`).source.replace('% Parameters\n', '')

t.test('MATLAB and Octave get every kind of value in their own way', async (t) => {
  const table: [json: string, code: string][] = [
    ['null', 'x = [];'],
    ['true', 'x = true;'],
    ['-0', 'x = 0;'],
    ['-5', 'x = -5;'],
    ['9007199254740992', 'x = 9007199254740992;'],
    ['9007199254740993', 'x = (int64(900719925474) * int64(10000) + int64(993));  % 9007199254740993'],
    [
      '-9223372036854775808',
      'x = (int64(-922337203685477) * int64(10000) - int64(5808));  % -9223372036854775808',
    ],
    [
      '18446744073709551615',
      'x = (uint64(184467440737095) * uint64(100000) + uint64(51615));  % 18446744073709551615',
    ],
    ['18446744073709551616', "x = '18446744073709551616';  % an integer beyond uint64, as text"],
    ['1.0', 'x = 1.0;'],
    ['-0.0', 'x = -0.0;'],
    ['1E400', 'x = Inf;  % beyond the range of double'],
    ['1e-400', 'x = 0.0;  % too small for double'],
    ['NaN', 'x = NaN;'],
    ['-Infinity', 'x = -Inf;'],
    ['"it\'s µm"', "x = 'it''s µm';"],
    ['"a\\n\\tb"', "x = ['a', char([10, 9]), 'b'];"],
    ['"\\n"', 'x = char(10);'],
    ['"a\\u202eb"', "x = ['a', native2unicode(uint8([226, 128, 174]), 'UTF-8'), 'b'];"],
    ['[]', 'x = zeros(1, 0);'],
    ['[1, 2.5, NaN]', 'x = [1, 2.5, NaN];'],
    ['[true, false]', 'x = [true, false];'],
    ['[1, true]', 'x = {1, true};'],
    ['["a", "b"]', "x = {'a', 'b'};"],
    ['[[1, 2], [3, 4]]', 'x = [[1, 2]; [3, 4]];'],
    ['[[1, 2], [3]]', 'x = {[1, 2], [3]};'],
    ['[[], []]', 'x = {zeros(1, 0), zeros(1, 0)};'],
    ['{}', 'x = struct();'],
    ['{"a": 1, "b": ["c"], "d": [1, 2]}', "x = struct('a', 1, 'b', {{'c'}}, 'd', [1, 2]);"],
    [
      '{"_type": "text", "end": 1}',
      `x = struct('x_type', 'text', 'xEnd', 1);  % x_type is "_type", xEnd is "end"`,
    ],
    ['{"_a": 1, "x_a": 2}', "x = containers.Map({'_a', 'x_a'}, {1, 2}, 'UniformValues', false);"],
    ['{"a b": [1, "c"]}', "x = containers.Map({'a b'}, {{1, 'c'}}, 'UniformValues', false);"],
    ['{"": 1}', `x = '{"":1}';  % an object that has the empty name or NUL in one: JSON text`],
  ]
  for (const [json, expected] of table) t.equal(code(json), expected, label(json))
})

t.test('strings are of the kind that the parameters cell declares', async (t) => {
  const cell = `a = "x";\nb = 'x';\nc = ["x", "y"];\nd = {"x"};\ne = ["x" 'y'];\nf = "x" + a;\ng = 1`
  const separated = "'CollapseDelimiters', false"
  const table: [params: object, code: string][] = [
    [{ a: 'Größe' }, 'a = "Größe";'],
    [{ a: `say "it's"` }, `a = "say ""it's""";`],
    [{ a: 'C:\\data\n' }, `a = sprintf("%s", ['C:\\data', char(10)]);`],
    [{ a: null }, 'a = [];'],
    [{ a: ['x'] }, "a = {'x'};"],
    [{ b: 'x' }, "b = 'x';"],
    [{ c: ['x', 'y z', ''] }, `c = strsplit("x,y z,", ",", ${separated});`],
    [{ c: ['1,5'] }, `c = strsplit("1,5", ";", ${separated});`],
    [{ c: [] }, 'c = zeros(1, 0);'],
    [{ c: ['x', 1] }, "c = {'x', 1};"],
    [{ c: 'x' }, "c = 'x';"],
    [{ d: ['x'] }, "d = {'x'};"],
    [{ e: 'x' }, "e = 'x';"],
    [{ f: 'x' }, "f = 'x';"],
    [{ g: 'x' }, "g = 'x';"],
    [{ added: 'x' }, "added = 'x';"],
  ]
  for (const [params, expected] of table) {
    const json = JSON.stringify(params)
    t.equal(cellOf('matlab', json, cell).source, `% Parameters\n${expected}`, label(json))
  }
})

t.test('the names are those of both languages', async (t) => {
  const table: [sent: string, variable: string][] = [
    ['temperature', 'temperature'],
    ['date', 'date'],
    ['_x', 'x_x'],
    ['2nd', 'x2nd'],
    ['größe', 'gr__e'],
    ['i', 'i_'],
    ['sum', 'sum_'],
    ['end', 'end_'],
    ['endif', 'endif_'],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['a'.repeat(64), 'a'.repeat(53)],
  ]
  for (const [sent, variable] of table)
    t.strictSame(nameVariables([sent], matlab.identifiers, new Set()).variables, [variable], sent)
})

t.test('long lists and matrices go on over lines', async (t) => {
  const numbers = Array.from({ length: 40 }, (_, index) => index)
  t.equal(
    code(JSON.stringify([numbers, numbers])),
    `x = [ ...
    [ ...
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, ...
        24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 ...
    ]; ...
    [ ...
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, ...
        24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 ...
    ] ...
];`,
  )
})

t.test('no line is longer than a terminal takes, by which octave_kernel sends it', async (t) => {
  const long = "\u{1f600}, ; '".repeat(1000)
  const all = [
    ...difficultParameters({ nul: true, random: 300 }),
    JSON.stringify({ [long]: { [long]: [[[[[[[[long, 1]]]]]]]] } }),
    JSON.stringify({ [long]: [[[[[[[Array(5000).fill(1.5)]]]]]]] }),
    JSON.stringify({ x: '\n\u202e'.repeat(5000) }),
  ]
  const lines = casesOf('octave', all).flatMap(({ source }) => source.split('\n'))
  t.ok(lines.length > 2000)
  t.ok(lines.every((line) => Buffer.byteLength(line) < 4095))
})

t.test('declared are the plain assignments of the parameters cell', async (t) => {
  const source = `%{
hidden = 1;
%}
a = 'text';  % b = 1
c = "it's";
d = c';
e = [1, 2, ...
     3]; f = {'x', 'y'};
if d == e
    g = 1;
end
h(1) = 5;
`
  t.strictSame(
    matlab.declared(source).map(({ name, text }) => `${name}${text ? ' text' : ''}`),
    ['a text', 'c text', 'd', 'e', 'f'],
  )
})
