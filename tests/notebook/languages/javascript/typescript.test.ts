import t from 'tap'
import { cellOf } from '../../support.ts'
import { checkDeclared, checkLiterals, checkNames, checkRecognised } from '../shared/tables.ts'

t.test('TypeScript has JavaScript’s literals, with types where more may be sent than is seen', async (t) => {
  checkLiterals(t, 'TypeScript', [
    ['null', 'var x: any = null;'],
    ['true', 'var x = true;'],
    ['5', 'var x = 5;'],
    ['12345678901234567890', 'var x = 12345678901234567890n;'],
    ['1E400', 'var x = Infinity; // beyond the range of number'],
    ['"a"', 'var x = "a";'],
    ['[]', 'var x: any[] = [];'],
    ['[1, 2.5]', 'var x: number[] = [1, 2.5];'],
    ['[12345678901234567890]', 'var x: bigint[] = [12345678901234567890n];'],
    ['[1, 12345678901234567890]', 'var x: (number | bigint)[] = [1, 12345678901234567890n];'],
    ['["a"]', 'var x: string[] = ["a"];'],
    ['[true]', 'var x: boolean[] = [true];'],
    ['[1, "a"]', 'var x: any[] = [1, "a"];'],
    ['[1, null]', 'var x: any[] = [1, null];'],
    ['[[1, 2], [3]]', 'var x: number[][] = [[1, 2], [3]];'],
    ['[[1], []]', 'var x: any[] = [[1], []];'],
    ['{}', 'var x: Record<string, any> = {};'],
    ['{"a": [null]}', 'var x: Record<string, any> = {"a": [null]};'],
    ['[{"a": 1}, {"b": 2}]', 'var x: Record<string, any>[] = [{"a": 1}, {"b": 2}];'],
  ])
  const { source } = cellOf('typescript', `{"x": [${Array(501).fill('{"a": 1}')}]}`)
  t.match(source, /^var x: Record<string, any>\[\] = \[\.\.\.\(\[\] as any\[\]\),\n/m)
  t.notMatch(cellOf('typescript', `{"x": [${Array(501).fill('[1]')}]}`).source, /as any/)
})

t.test('what the template declares with let is declared with let', async (t) => {
  checkLiterals(
    t,
    'TypeScript',
    [
      ['1', 'let x = 1;'],
      ['null', 'let x: any = null;'],
    ],
    'let x: string | null = null',
  )
  checkLiterals(t, 'TypeScript', [['1', 'var x = 1;']], 'const x = 5')
})

t.test('names are JavaScript’s', async (t) => {
  checkNames(t, 'TypeScript', [
    ['größe', 'größe'],
    ['type', 'type'],
    ['class', 'class_'],
    ['Deno', 'Deno_'],
  ])
})

t.test('the template’s own declarations are read, with their types', async (t) => {
  checkDeclared(t, 'TypeScript', [
    ['let a: string = f(); let b: string | null = null; let c: number = 1', 'let a, let b, let c?'],
    ['var a: Map<string, number> = new Map(), b = "x"', 'var a?, var b'],
    ['let a: string, b: string | undefined', 'let a, let b'],
  ])
})

t.test('its kernels are known', async (t) => {
  checkRecognised(t, 'TypeScript', ['typescript', 'TypeScript'], ['tslab', 'deno', 'typescript'])
})
