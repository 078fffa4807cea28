/** The page of every fault in a real browser, in every language, wide, narrow and dark. Pictures are in `artefacts/`. */
import { readdirSync, readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { Fault, type FaultCode, type Reason } from '../../service/fault.ts'
import { statusOf } from '../../service/web/pages/problem/fault-table.ts'
import { fill, pageLanguages, type Texts } from '../../service/web/texts/index.ts'
import { openBrowser } from '../support/browser.ts'
import { listenOn } from '../support/listen.ts'
import { inProject } from '../support/paths.ts'
import { buildFrame, everyFault, faultValues, servicePrefix } from '../web/support.ts'
import { isEveryLook } from './examine.ts'

t.setTimeout(300_000)

/** Codes that nothing raises yet: a notebook in a volume has no address by itself, and there is no API for programs. */
const ofLaterIssues = [14, 29]
const pictured = [
  '2 unknown',
  '11 disk-full',
  '14 no-url',
  '20 not-as-declared',
  '23 failed',
  '26 not-our-page',
]
const retry = { action: `${servicePrefix}confirm/x`, csrf: 'x'.repeat(43) }
t.test('every code that there is has a page, and every page is of a code', async (t) => {
  const documented = [
    ...readFileSync(inProject('docs/errors.md'), 'utf8').matchAll(/^\| (\d+) \| `([\w-]+)`/gm),
  ]
  t.same(
    everyFault.map(([code, reason]) => `${code} ${reason}`),
    documented.map(([, code, reason]) => `${code} ${reason}`),
    'the pages below are those of docs/errors.md',
  )
  const raised = readdirSync(inProject('service'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(inProject('service', file), 'utf8').matchAll(/new Fault\((\d+),/g)])
    .map(([, code]) => Number(code))
  const codes = [...new Set(everyFault.map(([code]) => code))]
  t.same(
    codes.filter((code) => !raised.includes(code)),
    ofLaterIssues,
    'all of them can be met, but for those of later issues',
  )
})

const looks: readonly [look: string, options: BrowserContextOptions][] = [
  ['wide', {}],
  ['narrow', { viewport: { width: 320, height: 700 } }],
  ['dark', { colorScheme: 'dark' }],
]

for (const texts of pageLanguages) {
  for (const [look, options] of looks) {
    // All have the same words; whether they fit is a question of the narrow one.
    if (!isEveryLook && look !== 'narrow' && !(texts.language === 'en' && look === 'wide')) continue
    t.test(
      `${texts.language}, ${look}: what happened, what was written, what to do, what to send`,
      async (t) => {
        const url = await serve(t)
        const locale = texts.language === 'de' ? 'de-DE' : 'en-US'
        const browser = await openBrowser(t, { ...options, locale, reducedMotion: 'reduce' })
        const { page, complaints } = browser
        for (const [code, reason] of everyFault) {
          const label = `${code} ${reason}`
          const answer = await page.goto(`${url}fail/${code}/${reason}`)
          const fault = new Fault(code, reason, faultValues)
          t.equal(answer?.status(), statusOf(fault), `${label}: status`)
          await checkPage(t, page, fault, texts)
          const picture = ['problem', label, texts.language, look].join('-').replaceAll(' ', '-')
          if (pictured.includes(label)) await browser.picture(picture)
        }
        t.same(
          complaints.filter((line) => !line.includes('responded with a status of')),
          [],
        )
      },
    )
  }
}

/** What can be read without unfolding anything; and the text to send, which is folded in. */
async function checkPage(t: Test, page: Page, fault: Fault, texts: Texts): Promise<void> {
  const label = `${fault.code} ${fault.reason}`
  const { title, reasons, help } = texts.faults[fault.code as FaultCode]
  const sentence = fill((reasons as Readonly<Record<Reason, string>>)[fault.reason], faultValues)
  const text = await page.locator('main').innerText()
  t.equal(await page.locator('h1').innerText(), title, `${label}: title`)
  for (const part of [sentence, help]) t.ok(text.includes(part), `${label}: ${part}`)
  const written = Object.values(texts.problem.written).filter((one) => text.includes(one))
  t.equal(written.length, [2, 29, 30].includes(fault.code) ? 0 : 1, `${label}: whether anything was written`)
  t.equal(
    await page.locator('meta[http-equiv="refresh"]').count(),
    0,
    `${label}: does not come again by itself`,
  )
  const report = (await page.locator('#report').textContent()) ?? ''
  const id = await page.locator('#ids code').last().innerText()
  for (const part of [
    title,
    sentence,
    `${texts.problem.requestId}: ${id}`,
    `(${fault.reason}, HTTP `,
    'ada',
    ...written,
  ])
    t.ok(report.includes(part), `${label}: the text to send says ${part}`)
  t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${label}: fits`)
}

t.test('what to send is copied by a button, and can be read without JavaScript', async (t) => {
  const url = await serve(t)
  await t.test('by the button, with the keyboard', async (t) => {
    const { page, context } = await openBrowser(t, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`${url}fail/23/failed`)
    const report = await page.locator('#report').textContent()
    await page.getByRole('button', { name: 'Copy' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    t.equal(await page.evaluate('navigator.clipboard.readText()'), report)
    await context.clearPermissions()
  })
  await t.test('without JavaScript', async (t) => {
    const { page } = await openBrowser(t, { javaScriptEnabled: false })
    await page.goto(`${url}fail/23/failed`)
    t.notOk(await page.getByRole('button', { name: 'Copy' }).isVisible())
    const report = page.locator('#report')
    t.notOk(await report.isVisible())
    await page.locator('summary').focus()
    await page.keyboard.press('Enter')
    await report.waitFor()
    t.match(await report.innerText(), /Code: 23 \(failed, HTTP 502\)\nRequest: \S+\nTime: .* UTC\nUser: ada/)
  })
})

/** The frame of the service, in which each fault is thrown by a route as they are in life. */
async function serve(t: Test): Promise<string> {
  const app = await buildFrame()
  app.get<{ Params: { code: string; reason: string } }>(`${servicePrefix}fail/:code/:reason`, (request) => {
    request.problemContext = {
      user: 'ada',
      sender: 'https://sampledb.example.org',
      retry,
      againHref: retry.action,
    }
    const { code, reason } = request.params
    throw new Fault(Number(code) as FaultCode, reason as Reason, faultValues)
  })
  return (await listenOn(t, app)) + servicePrefix
}
