import t from 'tap'
import { createVisitor, notebook, openApp } from './app.ts'

/** A template whose last cell sets `temperature` again, by these authors. */
function template(authors?: string[]): string {
  const file = JSON.parse(notebook())
  const code = { cell_type: 'code', execution_count: null, outputs: [] }
  file.cells.push(
    { ...code, id: 'c', metadata: { tags: ['parameters'] }, source: 'temperature = 20.0\nunit = "K"' },
    { ...code, id: 'd', metadata: {}, source: 'temperature = 25.0  # <test>' },
  )
  if (authors !== undefined) file.metadata.notebook_templates = { authors }
  return JSON.stringify(file)
}

t.test('what a value meets in the template is told above the button, with whom to tell', async (t) => {
  const app = await openApp(t, {
    templates: { 'a.ipynb': template(), 'b.ipynb': template(['Ada Lovelace']), 'c.ipynb': notebook() },
    env: { CONTACT: 'The data team' },
  })
  const show = async (path: string, sent: string, language = 'en') => {
    const visitor = createVisitor(app)
    const { headers } = await visitor.click(path, sent)
    const accept = { 'accept-language': language }
    const { body } = await visitor.ask(String(headers.location), { headers: accept })
    return body.slice(0, body.indexOf('<h2 id="values">')).replace(/<button.*/s, '')
  }
  const told = await show('/t/a.ipynb', '{"temperature": 30.5, "units": "mK"}')
  t.match(told, /“temperature” has no effect: the template sets it again in cell 4, line 1/)
  t.match(told, 'temperature = 25.0  # &lt;test&gt;')
  t.match(told, /“units” is not a parameter of this template; did you mean “unit”\?/)
  t.match(told, /Please tell The data team\./)
  t.match(told, /unit = &quot;K&quot;/, 'the example that holds')
  t.match(
    await show('/t/b.ipynb', '{"temperature": 1, "unit": "K"}', 'de'),
    /„temperature“ bleibt ohne Wirkung/,
  )
  t.match(await show('/t/b.ipynb', '{"temperature": 1}'), /Please tell Ada Lovelace\./, 'authors come first')
  t.notMatch(await show('/t/a.ipynb', '{"unit": "mK", "object_id": 1}'), /no effect|not a parameter/)
  t.notMatch(
    await show('/t/c.ipynb', '{"unit": "mK"}'),
    /class="notices"/,
    'a template that declares nothing',
  )
})
