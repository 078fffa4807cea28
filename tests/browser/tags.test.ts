/** Tags as authors write them: long ones stay in the page, and none gets other letters. */
import t from 'tap'
import { launchBrowser } from '../support/browser.ts'
import { notebookShowing } from '../support/images.ts'
import { type Eye, openEye, type Size, sizes } from './examine.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(300_000)

const oneWord = 'Donaudampfschifffahrtsgesellschaft'.repeat(5)
const words = 'a tag of very many words that go on and on, '.repeat(4).trim()
/** Its language, which stands beside its tags, and these. */
const shown = ['Python', 'pH', 'mRNA', 'éclair', oneWord, words]

t.test('tags', async (t) => {
  const { url } = await servePages(t, {
    templates: { 'Tagged.ipynb': notebookShowing([[]], { tags: shown.slice(1) }) },
  })
  const look = { language: 'en', colorScheme: 'light', javaScriptEnabled: true } as const
  const eye = await openEye(await launchBrowser(t), look, [url])
  const pages = [
    ['the catalogue', `${url}?q=tagged`],
    ['the templates of a long tag', `${url}?tag=${encodeURIComponent(oneWord)}`],
    ['a template', `${url}t/Tagged.ipynb`],
  ] as const
  for (const size of Object.keys(sizes) as Size[]) {
    await eye.resize(size)
    for (const [label, page] of pages) {
      t.strictSame(await eye.examine(page, { barriers: false }), [], `${label} does not scroll, ${size}`)
      t.strictSame(await shownTags(eye), shown, `${label} shows them as they are written, ${size}`)
    }
  }
  t.strictSame(eye.complaints, [])
})

/** The texts of the tags, first letters as a style may have them. */
function shownTags({ page }: Eye): Promise<string[]> {
  return page.locator('.tag').evaluateAll((all) =>
    (all as unknown as readonly { readonly innerText: string }[]).map((one) => {
      const { getComputedStyle } = globalThis as unknown as PageWindow
      const { textTransform } = getComputedStyle(one, '::first-letter')
      const [first = '', ...others] = one.innerText
      return (textTransform === 'none' ? first : `(${textTransform} ${first})`) + others.join('')
    }),
  )
}

interface PageWindow {
  getComputedStyle(element: object, part: string): { readonly textTransform: string }
}
