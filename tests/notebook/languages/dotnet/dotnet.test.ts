import t from 'tap'
import { csharp } from '../../../../service/notebook/languages/dotnet/csharp.ts'
import { fsharp } from '../../../../service/notebook/languages/dotnet/fsharp.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf, label } from '../../support.ts'

/** The lines after the first one. */
const code = (language: string, params: string) =>
  cellOf(language, params).source.split('\n').slice(1).join('\n')

t.test('C# and F# get every kind of value in their own way', async (t) => {
  const table: [json: string, csharp: string, fsharp: string][] = [
    ['null', 'object x = null;', 'let x: obj = null'],
    ['true', 'var x = true;', 'let x = true'],
    ['-0', 'var x = 0;', 'let x = 0'],
    ['2147483647', 'var x = 2147483647;', 'let x = 2147483647'],
    ['-2147483649', 'var x = -2147483649L;', 'let x = -2147483649L'],
    [
      '-9223372036854775809',
      'using System.Numerics;\nvar x = BigInteger.Parse("-9223372036854775809");',
      'let x = -9223372036854775809I',
    ],
    ['1.0', 'var x = 1.0;', 'let x = 1.0'],
    ['1E+05', 'var x = 1E+05;', 'let x = 1E+05'],
    ['-0.0', 'var x = -0.0;', 'let x = -0.0'],
    ['113219368529210600.0', 'var x = 1.132193685292106e+17;', 'let x = 1.132193685292106e+17'],
    ['1234567890.123456700', 'var x = 1234567890.1234567;', 'let x = 1234567890.1234567'],
    ['0.30000000000000004', 'var x = 0.30000000000000004;', 'let x = 0.30000000000000004'],
    [
      '1E400',
      'var x = double.PositiveInfinity;  // beyond the range of double',
      'let x = infinity  // beyond the range of double',
    ],
    ['-1e-400', 'var x = -0.0;  // too small for double', 'let x = -0.0  // too small for double'],
    ['NaN', 'var x = double.NaN;', 'let x = nan'],
    ['-Infinity', 'var x = double.NegativeInfinity;', 'let x = -infinity'],
    ['"µ {x}\\n\\u202e\\u0000"', 'var x = "µ {x}\\n\\u202e\\u0000";', 'let x = "µ {x}\\n\\u202e\\u0000"'],
    ['[]', 'var x = new object[] {};', 'let x = []'],
    ['[1, 2.5]', 'var x = new double[] {1.0, 2.5};', 'let x = [1.0; 2.5]'],
    ['[1, 3000000000]', 'var x = new long[] {1L, 3000000000L};', 'let x = [1L; 3000000000L]'],
    [
      '[1.5, 9007199254740993]',
      'var x = new object[] {1.5, 9007199254740993L};',
      'let x = [box 1.5; box 9007199254740993L]',
    ],
    ['["a", null]', 'var x = new object[] {"a", null};', 'let x = [box "a"; box null]'],
    [
      '[[1], [2.5], []]',
      'var x = new double[][] {new double[] {1.0}, new double[] {2.5}, new double[] {}};',
      'let x = [[1.0]; [2.5]; []]',
    ],
    [
      '[[1], ["a"]]',
      'var x = new object[] {new int[] {1}, new string[] {"a"}};',
      'let x = [box [1]; box ["a"]]',
    ],
    [
      '{}',
      'using System.Collections.Generic;\nvar x = new Dictionary<string, object>();',
      'let x = dict<string, obj> []',
    ],
    [
      '{"a b": -1, "c": {"d": null}}',
      'using System.Collections.Generic;\nvar x = new Dictionary<string, object> {["a b"] = -1, ["c"] = new Dictionary<string, object> {["d"] = null}};',
      'let x = dict<string, obj> ["a b", box (-1); "c", box (dict<string, obj> ["d", box null])]',
    ],
  ]
  for (const [json, ...expected] of table)
    for (const [index, language] of ['C#', 'F#'].entries()) {
      const got = code(language, `{"x": ${json}}`)
      t.equal(
        got.replace(/\n +/g, ' ').replace(/\n\}/g, '}').replace('{ [', '{['),
        expected[index],
        label(json),
      )
    }
})

t.test('what a cell needs stands once, above all assignments', async (t) => {
  t.equal(
    code('C#', '{"a": 1, "b": {}, "c": {"d": 12345678901234567890}}'),
    `using System.Collections.Generic;
using System.Numerics;
var a = 1;
var b = new Dictionary<string, object>();
var c = new Dictionary<string, object> {["d"] = BigInteger.Parse("12345678901234567890")};`,
  )
})

t.test('what is long goes on over lines', async (t) => {
  const quantity = {
    _type: 'quantity',
    units: 'degC',
    magnitude: 21.5,
    values: [1, 2],
    about: 'a'.repeat(40),
  }
  const params = JSON.stringify({ 'a b': quantity })
  t.equal(
    code('F#', params),
    `let a_b = dict<string, obj> [  // "a b"
    "_type", box "quantity";
    "units", box "degC";
    "magnitude", box 21.5;
    "values", box [1; 2];
    "about", box "${'a'.repeat(40)}"
]`,
  )
  t.equal(
    code('C#', params),
    `using System.Collections.Generic;
var a_b = new Dictionary<string, object> {  // "a b"
    ["_type"] = "quantity",
    ["units"] = "degC",
    ["magnitude"] = 21.5,
    ["values"] = new int[] {1, 2},
    ["about"] = "${'a'.repeat(40)}"
};`,
  )
  t.match(code('F#', JSON.stringify({ x: Array(501).fill(1) })), /^let x = List\.ofArray \[\|\n {4}1; 1;/)
  t.match(code('F#', JSON.stringify({ x: Array(500).fill(1) })), /^let x = \[\n {4}1; 1;/)
})

t.test('the names are those of each language', async (t) => {
  const sent = ['größe', 'a b', '2nd', "x'", 'class', 'let', 'None', 'Console', 'temperature', '𝒳', 'ａ', 'a']
  const named = (language: typeof csharp) => nameVariables(sent, language.identifiers, new Set()).variables
  t.strictSame(named(csharp), [
    ...['größe', 'a_b', '_2nd', 'x_', 'class_', 'let', 'None', 'Console_', 'temperature', '__', 'ａ', 'a_2'],
  ])
  t.strictSame(named(fsharp), [
    ...[
      'größe',
      'a_b',
      '_2nd',
      "x'",
      'class_',
      'let_',
      'None_',
      'Console_',
      'temperature',
      '__',
      'ａ',
      'a_2',
    ],
  ])
})

t.test('declared are the plain assignments of the parameters cell', async (t) => {
  const csharpSource = `using System;
// var hidden = 1;
var a = "text"; const string b = @"c:\\";
double c = 1.5;
string? d = null;
List<int> e = new List<int> { 1, 2 };
int[] f = { 1 };
int F(int x) => x == 1 ? 2 : 3;
a.b = 5;
`
  t.strictSame(
    csharp.declared(csharpSource).map(({ name, text }) => `${name}${text ? ' text' : ''}`),
    ['a text', 'b text', 'c', 'd text', 'e', 'f'],
  )
  const fsharpSource = `// let hidden = 1
let a = "text" (* let b = 1 *)
let mutable c: string = null
let d: float = 1.5
let e =
    [1; 2]
let f x = x + 1
let (g, h) = 1, 2
if a = "x" then
    let i = 1
    ()
`
  t.strictSame(
    fsharp.declared(fsharpSource).map(({ name, text }) => `${name}${text ? ' text' : ''}`),
    ['a text', 'c text', 'd', 'e'],
  )
})
