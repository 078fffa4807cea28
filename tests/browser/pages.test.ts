/**
 * Every page in a real browser, in every look: in each language, light and dark, from 320 pixels to 4K, with and without
 * JavaScript. What can be measured is asserted (examine.ts); the pictures in `artefacts/` are for looking at. With
 * `EVERY_LOOK=1`, as `.ci/nightly` sets it, each look is seen in each size, and axe looks each time.
 */
import t from 'tap'
import { launchBrowser, takePicture } from '../support/browser.ts'
import { listenOn } from '../support/listen.ts'
import { isEveryLook, type Look, looks, nameOf, openEye, type Size, sizes } from './examine.ts'
import { servePages } from './own-pages.ts'
import { everyView, frameOfViews, type Shown } from './views.ts'

t.setTimeout(900_000)

t.test('every page in every look', async (t) => {
  const browser = await launchBrowser(t)
  const shown = { en: await everyView(t, 'en'), de: await everyView(t, 'de') }
  const { app, pathOf } = await frameOfViews(shown)
  const views = await listenOn(t, app)
  const own = await servePages(t)
  const urlOf = (one: Shown) => views + pathOf(one)
  const lookAt = async (look: Look) => {
    const eye = await openEye(browser, look, [views, own.url])
    const whole = shown[look.language].filter(({ picture = true }) => picture)
    const pages = [...whole.map((one) => [one.label, urlOf(one)] as const), ...(await own.open(eye.context))]
    for (const size of sizesOf(look)) {
      await eye.resize(size)
      for (const [label, url] of pages) {
        const wrong = await eye.examine(url, { barriers: hasBarriersOfItsOwn(look, size) })
        t.strictSame(wrong, [], `${label}, ${nameOf(look)}, ${size}`)
        if (isPictured(look, size))
          await takePicture(eye.page, `page ${label} ${nameOf(look)} ${size}`.replaceAll(' ', '-'))
      }
    }
    t.strictSame(eye.complaints.filter(isUnexpected), [], `${nameOf(look)}: nothing to complain about`)
    t.strictSame(eye.elsewhere, [], `${nameOf(look)}: nobody else is asked`)
    await eye.context.close()
  }
  const seen = looks.filter((look) => sizesOf(look).length > 0)
  for (let index = 0; index < seen.length; index += 2) {
    await Promise.all(seen.slice(index, index + 2).map(lookAt))
  }

  await t.test('and what can go wrong, for every reason', async (t) => {
    for (const language of ['en', 'de'] as const) {
      const eye = await openEye(browser, { language, colorScheme: 'light', javaScriptEnabled: true }, [views])
      await eye.resize('320')
      for (const one of shown[language].filter(({ picture = true }) => !picture)) {
        t.strictSame(await eye.examine(urlOf(one), { barriers: false }), [], `${one.label}, ${language}`)
      }
      t.strictSame(eye.complaints.filter(isUnexpected), [])
    }
  })
})

/** Boxes depend on the width and the words; colours change none of them, and without scripts only what scripts show is missing. */
function sizesOf({ language, colorScheme, javaScriptEnabled }: Look): readonly Size[] {
  if (isEveryLook || (colorScheme === 'light' && javaScriptEnabled)) return Object.keys(sizes) as Size[]
  if (colorScheme === 'light') return ['320', 'desktop']
  if (!javaScriptEnabled) return []
  return language === 'en' ? ['desktop'] : ['4K']
}

/** What axe looks at changes with the width at most once: from one column to several. */
const hasBarriersOfItsOwn = ({ colorScheme }: Look, size: Size) =>
  isEveryLook || colorScheme === 'dark' || size === '320' || size === 'desktop'

/** Enough to look at: each size once, and each language and scheme. */
const isPictured = ({ language, colorScheme, javaScriptEnabled }: Look, size: Size) =>
  javaScriptEnabled &&
  ['en light desktop', 'en dark desktop', 'de light phone', 'en light 320', 'de dark 4K'].includes(
    `${language} ${colorScheme} ${size}`,
  )

/** The browser notes the status of a page that is a problem. */
const isUnexpected = (line: string) => !/responded with a status of (404|410)/.test(line)
