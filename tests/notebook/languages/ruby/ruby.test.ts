import t from 'tap'
import { checkDeclared, checkLiterals, checkNames, checkRecognised } from '../shared/tables.ts'

t.test('Ruby has literals for every kind of value', async (t) => {
  checkLiterals(t, 'Ruby', [
    ['null', 'x = nil'],
    ['false', 'x = false'],
    ['12345678901234567890', 'x = 12345678901234567890'],
    ['1.0', 'x = 1.0'],
    ['1E+05', 'x = 1E+05'],
    ['-0.0', 'x = -0.0'],
    ['1E400', 'x = Float::INFINITY # beyond the range of Float'],
    ['-1e-400', 'x = -0.0 # too small for Float'],
    ['0e-999', 'x = 0e-999'],
    ['NaN', 'x = Float::NAN'],
    ['-Infinity', 'x = -Float::INFINITY'],
    ['"µm #{x} #@x #$x # @ \\"\\\\\\n"', 'x = "µm \\#{x} \\#@x \\#$x # @ \\"\\\\\\n"'],
    ['"\\u0000\\u001b\\u202e\\udb40\\udc41"', 'x = "\\u0000\\u001b\\u202e\\u{e0041}"'],
    ['[]', 'x = []'],
    ['[1, [2.5, null]]', 'x = [1, [2.5, nil]]'],
    ['{}', 'x = {}'],
    ['{"a b": 1, "2": {"": []}}', 'x = {"a b" => 1, "2" => {"" => []}}'],
  ])
})

t.test('a name that begins a constant, or that Ruby or IRuby needs, is mapped', async (t) => {
  checkNames(t, 'Ruby', [
    ['größe', 'größe'],
    ['x_1', 'x_1'],
    ['method', 'method'],
    ['Temperature', '_Temperature'],
    ['Äpfel', '_Äpfel'],
    ['ǅ', '_ǅ'],
    ['2nd', '_2nd'],
    ['1', '_1_'],
    ['a-b', 'a_b'],
    ['class', 'class_'],
    ['nil', 'nil_'],
    ['puts', 'puts_'],
    ['p', 'p_'],
    ['_', 'p_'],
    ['_i', '_i_'],
    ['_o2', '_o2_'],
    ['_5', '_5_'],
  ])
  checkNames(
    t,
    'Ruby',
    [
      ['p', 'p'],
      ['class', 'class_'],
    ],
    ['p', 'class'],
  )
})

t.test('the template’s own assignments are read', async (t) => {
  checkDeclared(t, 'Ruby', [
    ["a = 'x'\nb = \"y\"; c = 5\nd = [1,\n  2]\nE = 'x'", 'a, b, c?, d?'],
    ['if a\n  b = \'x\'\nend\nc = "=begin" # d = 1', 'c'],
    ["=begin\na = 'x'\n=end\nb = 'y'", 'b'],
    ["@a = 'x'; $b = 'y'; c.d = 'z'; e['f'] = 'g'; h == 'i'", ''],
    ['a = b = "x"\nc, d = 1, 2', 'a, b, c?, d?'],
  ])
})

t.test('its kernels are known', async (t) => {
  checkRecognised(t, 'Ruby', ['ruby', 'Ruby'], ['ruby', 'ruby3', 'iruby', 'ruby-3.1'])
})
