import t from 'tap'
import { createVisitor, openApp } from './app.ts'

/** A template of so many paragraphs before the cell of its parameters. */
function template(before: number, text = ''): string {
  const code = { cell_type: 'code', execution_count: null, outputs: [] }
  const cells = [
    ...Array.from({ length: before }, (_, at) => ({
      cell_type: 'markdown',
      id: `text-${at}`,
      metadata: {},
      source: `Paragraph ${at} ${text}`,
    })),
    { ...code, id: 'parameters', metadata: { tags: ['parameters'] }, source: 'a = 1' },
    { ...code, id: 'code', metadata: {}, source: 'print(a)' },
  ]
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' }
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
}

t.test('the preview of the confirmation has the new cell, wherever that is', async (t) => {
  const templates = {
    'near.ipynb': template(3),
    'far.ipynb': template(150),
    'long.ipynb': template(20, 'x'.repeat(50_000)),
  }
  const visitor = createVisitor(await openApp(t, { templates }))
  const cases: [path: string, params: string, address: RegExp][] = [
    ['near.ipynb', '{"a":2}', /^\/preview\/[\w-]{22}#new-cell$/],
    ['far.ipynb', '{"a":2}', /^\/preview\/[\w-]{22}\?from=151#new-cell$/],
    ['long.ipynb', '{"a":2}', /^\/preview\/[\w-]{22}\?from=21#new-cell$/],
    ['far.ipynb', '{}', /^\/preview\/[\w-]{22}$/],
  ]
  for (const [path, params, address] of cases) {
    const clicked = await visitor.click(`/t/${path}`, params)
    const { body } = await visitor.ask(String(clicked.headers.location))
    const [, src = ''] = /<iframe src="([^"]*)"/.exec(body) ?? []
    t.match(src, address, path)
    const preview = await visitor.ask(src.split('#')[0]!)
    t.equal(preview.status, 200)
    t.equal(preview.body.includes('id="new-cell"'), params !== '{}', `${path} ${params}: it is there`)
  }
})
