import t from 'tap'
import type { Node } from 'web-tree-sitter'
import { juliaCell } from '../../../../service/notebook/languages/julia/julia-cell.ts'
import { label } from '../../support.ts'
import { cellsOf, readBy, sample } from '../shared/read-by.ts'
import { parseTree } from '../shared/tree.ts'

t.test('a parameters cell of Julia', async (t) => {
  const table: [label: string, source: string, ...wanted: string[]][] = [
    ['a number', 'a = 5 # how many', 'a = 5 → 5 # how many'],
    ['a type', 'a::Float64 = 1.5', 'a: Float64 = 1.5 → 1.5'],
    ['a constant', 'const a::Int = 5\nglobal b = 2', 'a: Int = 5 → 5', 'b = 2 → 2'],
    ['a text', 'a = "x"', 'a! = "x" → "x"'],
    ['text or nothing', 'a::Union{String, Nothing} = nothing', 'a!: Union{String, Nothing} = nothing → null'],
    ['text that is put together', 'a = "x$(b)"', 'a! = "x$(b)"'],
    ['a dollar sign', 'a = "\\$5 \\u00e9"', 'a! = "\\$5 \\u00e9" → "$5 é"'],
    ['raw text', 'a = raw"c:\\d"; b = r"x"', 'a! = raw"c:\\d" → "c:\\\\d"', 'b = r"x"'],
    ['text over lines', 'a = """\n  x\n  """', 'a! = """\n  x\n  """'],
    [
      'numbers',
      'a = 0xff; b = 1_000; c = .5; d = 1.; e = 1f0; f = 2im',
      'a = 0xff → 255',
      'b = 1_000 → 1000',
      'c = .5 → 0.5',
      'd = 1. → 1.0',
      'e = 1f0 → 1e0',
      'f = 2im',
    ],
    ['not finite', 'a = NaN; b = -Inf; c = missing', 'a = NaN → NaN', 'b = -Inf → -Infinity', 'c = missing'],
    [
      'lists',
      'a = [1, 2.5]; b = Any[1, "x"]; c = (1, true)',
      'a = [1, 2.5] → [1,2.5]',
      'b = Any[1, "x"] → [1,"x"]',
      'c = (1, true) → [1,true]',
    ],
    ['a matrix', 'a = [1 2; 3 4]', 'a = [1 2; 3 4]'],
    [
      'a dictionary',
      'a = Dict{String, Any}("b" => [1], "c" => nothing)',
      'a = Dict{String, Any}("b" => [1], "c" => nothing) → {"b":[1],"c":null}',
    ],
    [
      'a chain and a tuple',
      'a = b = 1\nc, d = 2, "x"\n(e, f) = g()',
      'a = 1 → 1',
      'b = 1 → 1',
      'c = 2 → 2',
      'd = "x" → "x"',
      'e',
      'f',
    ],
    [
      'comments of all kinds',
      '# the name\na = 1\n\n#= the\nother =#\nb = 2',
      'a = 1 → 1 # the name',
      'b = 2 → 2 # the other',
    ],
    ['names', 'α = 1; β₁ = 2; x! = 3', 'α = 1 → 1', 'β₁ = 2 → 2', 'x! = 3 → 3'],
    ['inside of blocks', 'if true\n  a = 1\nend\nf(x) = 2\nfunction g()\n  b = 3\nend\nlet c = 4\nend'],
    ['what is no plain assignment', 'a.b = 1\nc[1] = 2\nd .= 3\ne += 4\nf(g = 5)\nh == 6\nlocal i = 7'],
    ['a line that is not Julia', 'a = 1\nb = = 2\nc = 3', 'a = 1 → 1', 'c = 3 → 3', '✗ 2:5'],
    ['a bracket that stays open', 'a = (1\nb = 2\nc = 3', 'c = 3 → 3', '✗ 2:1'],
    ['a text that stays open', 'a = 1\nb = "x\nc = 3', 'a = 1 → 1', '✗ 3:6'],
    ['lines for IJulia are passed over', ']add X\na = 1\n;ls\n?help', 'a = 1 → 1'],
    ['line ends of Windows', 'a = 1\r\nb = 2 # two\r\n', 'a = 1 → 1', 'b = 2 → 2 # two'],
  ]
  for (const [name, source, ...wanted] of table) t.strictSame(readBy(juliaCell, source), wanted, name)
})

/** All of them Julia (Manual: Variables, Control Flow, Functions, Types, Metaprogramming). */
const statements = [
  'a = 1',
  'b::Int = 2  # help',
  'const c = "x"',
  'd = [1,\n  2]',
  'e = Dict("a" => 1.5, :b => nothing)',
  '# note',
  '',
  'f(x; y = 2, z...) = x + y',
  'if a\n  g = 1\nelseif b\n  h = 2\nelse\n  i = 3\nend',
  'j = k = 3',
  'l, m = 1, "é"',
  'using LinearAlgebra: norm',
  'import CSV',
  'n = x -> x^2',
  'o.p = 1',
  'q[1, end] = 2',
  'r = """\nx = 1\n"""',
  'for s in 1:10\n  print(s)\nend',
  't = [u^2 for u in 1:3 if u > 1]',
  'v = a ? b : c',
  'w = @time f(1)',
  'x = begin\n  1\nend',
  'struct Y{T <: Real}\n  z::T\nend',
  'mutable struct Z\n  const a::Int\n  b\nend',
  'aa = map(1:3) do i\n  i + 1\nend',
  'bb = "a$(c)b$d"',
  'cc = [1 2; 3 4]',
  "dd = 'x'",
  'ee = :sym',
  'ff = a.b.c(1)[2]',
  'gg = 2a + 3(b)',
  'hh = a .+ b',
  "ii = a'",
  'try\n  jj = 1\ncatch e\n  rethrow()\nfinally\nend',
  'kk = (a = 1, b = 2)',
  'll = a |> f',
  'mm = raw"\\d"',
  'nn += 1',
  'oo = 1:2:10',
  'pp = quote\n  a + b\nend',
  'function qq(x::T)::T where {T}\n  return x\nend',
  'rr = !a && b || c',
  'ss = a isa Int',
  'tt = -1.5e-3',
  '(uu, vv) = (1, 2)',
  'ww = function (x)\n  x\nend',
  '"""doc"""\nconst xx = 1',
  'yy = a in b',
  'zz = [a; b]',
]
const fragments = [
  ...'=[](){},:+"\'#@;$\n',
  ' = ',
  '"""',
  'if x ',
  ' end',
  '->',
  '::',
  'const ',
  '1.5',
  ' in ',
  '==',
  '+=',
  'é',
  '\t',
]

t.test('a second grammar reads the same', async (t) => {
  const secondly = async (source: string) => {
    const tree = await parseTree('julia', source)
    try {
      if (tree.rootNode.hasError) return undefined
      return [...new Set(tree.rootNode.namedChildren.flatMap((node) => assigned(node!)))].sort()
    } finally {
      tree.delete()
    }
  }
  const differences: string[] = []
  let both = 0
  for (const cell of sample(cellsOf(statements, fragments), 1500)) {
    const wanted = await secondly(cell)
    if (wanted === undefined || juliaCell.unreadable(cell).length > 0) continue
    both++
    const got = juliaCell
      .declared(cell)
      .map(({ name }) => name)
      .sort()
    if (got.join() !== wanted.join()) differences.push(label(`${cell} ⇒ ${got} / ${wanted}`))
  }
  t.strictSame(differences.slice(0, 5), [])
  t.ok(both > 500, `${both} are Julia to both`)
  const refused = statements.filter((statement) => juliaCell.unreadable(statement).length > 0)
  t.strictSame(refused, [], 'it takes each of the statements')
})

function assigned(node: Node): string[] {
  if (node.type === 'const_statement' || node.type === 'global_statement')
    return node.namedChildren.flatMap((child) => assigned(child!))
  if (node.type !== 'assignment') return []
  const [target, sign, value] = node.namedChildren
  if (sign?.type === 'operator' && sign.text !== '=') return []
  const names = targets(target!)
  return names.length === 0 ? [] : [...names, ...(value === undefined ? [] : assigned(value!))]
}

function targets(node: Node): string[] {
  if (node.type === 'identifier') return [node.text]
  if (node.type === 'typed_expression') return targets(node.namedChildren[0]!)
  if (node.type !== 'open_tuple' && node.type !== 'tuple_expression') return []
  const names = node.namedChildren.map((child) => (child!.type === 'identifier' ? child!.text : undefined))
  return names.every((name) => name !== undefined) ? names : []
}
