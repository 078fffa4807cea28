/** What the catalogue shows, as a whole service answers. */
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { unescapeHtml } from '../support/forms.ts'
import { createVisitor, openApp } from './app.ts'

t.test('categories that differ by case alone are one, as the first template writes it', async (t) => {
  const inCategory = (title: string, category: string) =>
    JSON.stringify(notebookOf('python', '', { title, category }))
  const templates = {
    'a.ipynb': inCategory('Alpha', 'Größe'),
    'b.ipynb': inCategory('Beta', 'GRÖSSE'),
    'c.ipynb': inCategory('Gamma', 'MEASUREMENT'),
    'd.ipynb': inCategory('Delta', 'Measurement'),
    'e.ipynb': inCategory('Epsilon', 'measurement'),
    'measurement/f.ipynb': JSON.stringify(notebookOf('python', '', { title: 'Zeta' })),
  }
  const visitor = createVisitor(await openApp(t, { templates }))
  const { body } = await visitor.ask('/')
  const headings = [...body.matchAll(/<h2 class="visually-hidden">([^<]*)</g)].map(([, name]) =>
    unescapeHtml(name!),
  )
  t.strictSame(headings, ['a', 'Größe', 'GRÖSSE', 'Measurement'])
  const onCards = [...body.matchAll(/class="of-category"[^>]*>([^<]*)</g)].map(([, name]) =>
    unescapeHtml(name!),
  )
  t.strictSame(onCards, ['a', 'Größe', 'GRÖSSE', ...Array(4).fill('Measurement')])
})
