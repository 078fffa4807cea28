import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { intern } from '../../../service/notebook/template/intern.ts'
import { notebookOf } from '../support.ts'

t.test('what is kept is the same, and one where it is small and equal', async (t) => {
  const long = 'x'.repeat(10_000)
  const values = [
    '',
    'Größe \ud800',
    undefined,
    null,
    5,
    { a: [1, { b: 'c' }] },
    { a: undefined },
    long,
    { long },
  ]
  for (const value of values) t.strictSame(intern(value), value)
  t.equal(intern({ a: ['b'] }), intern({ a: ['b'] }))
  t.not(intern({ a: ['b'] }), intern({ a: ['c'] }))
  // More different ones than are shared.
  for (let index = 0; index < 3000; index++) intern(`value ${index}`)
  t.strictSame(intern({ a: ['b'] }), { a: ['b'] })
})

t.test('a compiled template keeps nothing of the texts in its file', async (t) => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const compile = (index: number) => {
    const notebook = notebookOf('python', `a_parameter_with_a_long_name_${index} = 1\n# ${'x'.repeat(2e5)}`)
    const text = `# A heading of its own, number ${index}\n\nIts paragraph has its number ${index}.\n\n${'y'.repeat(2e5)}`
    notebook.cells.unshift({ cell_type: 'markdown', metadata: {}, source: text })
    return compileTemplate(Buffer.from(JSON.stringify(notebook)))
  }
  compile(0)
  const before = used()
  const compiled = Array.from({ length: 100 }, (_, index) => compile(index))
  const each = (used() - before) / compiled.length
  t.match(compiled[99], { title: { '': 'A heading of its own, number 99' }, declared: [{ name: /_99$/ }] })
  t.ok(each < 20_000, `${Math.round(each)} bytes for each template`)
})
