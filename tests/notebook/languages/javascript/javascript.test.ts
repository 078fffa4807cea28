import t from 'tap'
import { checkDeclared, checkLiterals, checkNames, checkRecognised } from '../shared/tables.ts'

t.test('JavaScript has literals for every kind of value', async (t) => {
  checkLiterals(t, 'JavaScript', [
    ['null', 'var x = null;'],
    ['true', 'var x = true;'],
    ['-0', 'var x = 0;'],
    ['9007199254740991', 'var x = 9007199254740991;'],
    ['-9007199254740992', 'var x = -9007199254740992n;'],
    ['12345678901234567890', 'var x = 12345678901234567890n;'],
    ['1.0', 'var x = 1.0;'],
    ['1E+05', 'var x = 1E+05;'],
    ['-0.0', 'var x = -0.0;'],
    ['1E400', 'var x = Infinity; // beyond the range of number'],
    ['[-1E400, 1]', 'var x = [-Infinity, 1]; // beyond the range of number'],
    ['-Infinity', 'var x = -Infinity;'],
    ['NaN', 'var x = NaN;'],
    ['"µm 😀 $\u007bx} `a` \\"\\\\\\n"', 'var x = "µm 😀 $\u007bx} `a` \\"\\\\\\n";'],
    ['"\\u0000\\u0085\\u202e\\udb40\\udc41\\u2028"', 'var x = "\\x00\\x85\\u202e\\u{e0041}\\u2028";'],
    ['[]', 'var x = [];'],
    ['[1, [2.5, null], {}]', 'var x = [1, [2.5, null], {}];'],
    ['{"a b": 1, "if": {"": []}}', 'var x = {"a b": 1, "if": {"": []}};'],
    ['{"__proto__": 1}', 'var x = {["__proto__"]: 1};'],
    ['{"1": "a", "2": "b", "c": 3}', 'var x = {"1": "a", "2": "b", "c": 3};'],
    [
      '{"2": "b", "1": "a"}',
      'var x = {"2": "b", "1": "a"}; // JavaScript puts names that are integers first',
    ],
    ['{"c": 3, "1": "a"}', 'var x = {"c": 3, "1": "a"}; // JavaScript puts names that are integers first'],
    ['{"c": 3, "01": "a", "-1": 2, "1.5": 3}', 'var x = {"c": 3, "01": "a", "-1": 2, "1.5": 3};'],
  ])
})

t.test('what the template declares with let is assigned to, since it cannot be declared again', async (t) => {
  for (const source of ['let x = 5', 'let y = 1, x;', 'let x: string'])
    checkLiterals(t, 'JavaScript', [['1', 'x = 1;']], source)
  for (const source of ['var x = 5', 'const x = 5', 'x = 5', 'if (y) { let x = 5 }', '// let x = 5'])
    checkLiterals(t, 'JavaScript', [['1', 'var x = 1;']], source)
})

t.test('names that JavaScript, Node.js or a kernel needs are mapped', async (t) => {
  checkNames(t, 'JavaScript', [
    ['größe', 'größe'],
    ['$x', '$x'],
    ['name', 'name'],
    ['async', 'async'],
    ['a-b', 'a_b'],
    ['2nd', '_2nd'],
    ['', 'p_'],
    ['class', 'class_'],
    ['await', 'await_'],
    ['let', 'let_'],
    ['eval', 'eval_'],
    ['undefined', 'undefined_'],
    ['process', 'process_'],
    ['require', 'require_'],
    ['location', 'location_'],
    ['__proto__', 'p__proto__'],
    ['__dirname', 'p__dirname'],
    ['_', 'p_'],
    ['$$', 'p$$'],
    ['$', '$_'],
    ['Deno', 'Deno_'],
    ['a\u200db', 'a_b'],
  ])
  checkNames(
    t,
    'JavaScript',
    [
      ['process', 'process'],
      ['class', 'class_'],
    ],
    ['process', 'class'],
  )
})

t.test('the template’s own declarations are read', async (t) => {
  checkDeclared(t, 'JavaScript', [
    ['let a = "x", b = 5, c\nvar d = \'y\'; const e = `z`', 'let a, let b?, let c?, var d, const e'],
    ['a = "x"; b.c = "y"; d["e"] = 1', 'a'],
    ['function f() { let a = "x" }\n  let b = 1\nlet [c, d] = [1, 2]', ''],
    ['let a = [1, 2], b = { c: "d", e: f(1, 2) }, g = "x" + h', 'let a?, let b?, let g?'],
    ['// let a = 1\n/* let b = 2 */ let c = "// x"', 'let c'],
  ])
})

t.test('its kernels are known', async (t) => {
  checkRecognised(
    t,
    'JavaScript',
    ['javascript', 'JavaScript'],
    ['javascript', 'ijavascript', 'jslab', 'xjavascript', 'javascript-worker'],
  )
})
