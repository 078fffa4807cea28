/** The progress page in a real browser, before a service of paper: what is told, how, and what a lost connection does. */
import type { FastifyReply } from 'fastify'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { launchBrowser, openBrowser } from '../support/browser.ts'
import { listenOn } from '../support/listen.ts'
import { until } from '../support/until.ts'
import { buildFrame, servicePrefix, template } from '../web/support.ts'
import { openEye } from './examine.ts'

t.setTimeout(240_000)

const said = (page: Page) => page.locator('#said').textContent()
const told = (page: Page, text: string) =>
  page.getByRole('listitem').getByText(text, { exact: true }).waitFor()

t.test('what the Hub says is shown as it comes, and read out politely and seldom', async (t) => {
  const service = await serve(t)
  const { page, complaints } = await openBrowser(t)
  await page.clock.install()
  await page.goto(service.url)
  await service.connected()
  t.match(await page.title(), /^40 % · Starting your server · /)
  t.ok(await page.getByText('A start usually takes about 20 s.').isVisible())
  t.equal(await page.getByRole('log').getAttribute('aria-live'), 'off', 'not each message is read out')
  t.equal(await page.locator('#said').getAttribute('role'), 'status', 'what is read out waits its turn')

  service.tell({ state: 'starting', percent: 50, message: 'Pulling image' })
  await told(page, 'Pulling image')
  t.equal(await said(page), '50 percent. Pulling image')
  for (let part = 1; part <= 5; part++)
    service.tell({ state: 'starting', percent: 50 + part, message: `Layer ${part} of 5` })
  await told(page, 'Layer 5 of 5')
  t.equal(await said(page), '50 percent. Pulling image', 'no more for a while')
  t.match(await page.title(), /^55 % · /, 'though the title follows')
  await page.clock.fastForward(11_000)
  service.tell({ state: 'starting', percent: 30, message: 'Almost there' })
  await told(page, 'Almost there')
  t.equal(await page.getByRole('progressbar').getAttribute('value'), '55', 'the bar never goes back')
  t.equal(await said(page), '55 percent. Almost there')
  t.match(await page.locator('#elapsed').textContent(), /^1[1-9] s$/, 'the time goes on by itself')

  service.tell({ state: 'writing', percent: 100, message: 'Almost there' })
  await page.getByRole('heading', { name: 'Writing your notebook' }).waitFor()
  t.equal(await said(page), 'Writing your notebook')
  t.equal(
    await page.getByRole('button', { name: 'Cancel' }).count(),
    0,
    'there is nothing to cancel any more',
  )
  t.notOk(await page.getByText('A start usually takes').isVisible())
  service.tell({ state: 'written', percent: 100, message: '', location: '/arrived' })
  await page.waitForURL('**/arrived')
  const ours = complaints.filter((complaint) => !complaint.includes('/arrived'))
  t.same(ours, [])
})

t.test('who waits for others’ servers sees the place in line go down, and hears it', async (t) => {
  const service = await serve(t)
  const { page } = await openBrowser(t)
  await page.clock.install()
  await page.goto(service.url)
  await service.connected()
  const typical = page.getByText('A start usually takes about 20 s.')
  t.ok(await typical.isVisible())
  const starting = { state: 'starting', percent: 0, message: '' }

  service.tell({ ...starting, line: { place: 3 } })
  await page.locator('#line', { hasText: 'Many servers are starting. You are number 3 in line.' }).waitFor()
  t.equal(await said(page), 'Many servers are starting. You are number 3 in line.')
  t.notOk(await typical.isVisible(), 'nobody is told a time that does not hold')
  await page.clock.fastForward(11_000)
  service.tell({ ...starting, line: { place: 2 } })
  await page.locator('#line', { hasText: 'You are number 2 in line.' }).waitFor()
  t.equal(await said(page), 'Many servers are starting. You are number 2 in line.')
  service.tell({ ...starting, line: { place: 2, full: true } })
  await page.locator('#line', { hasText: 'The Hub cannot start more servers at the moment.' }).waitFor()

  service.tell({ ...starting, message: 'Server requested' })
  await told(page, 'Server requested')
  t.equal(await page.locator('#line').textContent(), '', 'its turn has come')
  t.ok(await typical.isVisible())
})

for (const [language, size] of [
  ['en', 'desktop'],
  ['en', '320'],
  ['de', '320'],
] as const) {
  t.test(`what changes moves nothing else: ${language}, ${size}`, async (t) => {
    const service = await serve(t)
    const browser = await launchBrowser(t)
    const look = { language, colorScheme: 'light', javaScriptEnabled: true } as const
    const eye = await openEye(browser, look, [service.url])
    const { page } = eye
    await eye.resize(size)
    await page.clock.install()
    t.strictSame(await eye.examine(service.url, { barriers: false }), [])
    await service.connected()
    for (const [seconds, percent] of [
      [5, 9],
      [30, 55],
      [60, 99],
      [400, 100],
    ] as const) {
      await page.clock.fastForward(1000 * seconds)
      service.tell({ state: 'starting', percent, message: `After ${seconds}` })
      await told(page, `After ${seconds}`)
      t.strictSame(await eye.moved(), [], `after ${seconds} s, at ${percent} %`)
    }
    for (const line of [{ place: 1000 }, { place: 1000, full: true }, { place: 9 }, undefined]) {
      service.tell({ state: 'starting', percent: 100, message: 'After 400', line })
      await page.locator('#line', { hasText: line ? `${line.place}` : /^$/ }).waitFor({ state: 'attached' })
      t.strictSame(await eye.moved(), [], `in line: ${JSON.stringify(line)}`)
    }
    service.breakOff()
    await page.locator('#lost').waitFor()
    t.strictSame(await eye.moved(), [], 'the connection is lost')
    await page.clock.fastForward(1000)
    await service.connected()
    await page.locator('#lost').waitFor({ state: 'hidden' })
    t.strictSame(await eye.moved(), [], 'and comes back')
    service.tell({ state: 'writing', percent: 100, message: 'Writing' })
    await told(page, 'Writing')
    t.notOk(await page.getByRole('button').isVisible())
    t.strictSame(await eye.moved(), [], 'and the notebook is being written')
  })
}

t.test('a lost connection comes back, also through a service that is away for a while', async (t) => {
  const service = await serve(t)
  const { page, picture } = await openBrowser(t)
  await page.goto(service.url)
  await service.connected()
  const lost = page.getByText('The connection was lost.')
  t.notOk(await lost.isVisible())

  await t.test('the stream breaks off: the browser asks again', async (t) => {
    service.breakOff()
    await lost.waitFor()
    await picture('progress-lost')
    await service.connected()
    await lost.waitFor({ state: 'hidden' })
    service.tell({ state: 'starting', percent: 60, message: 'Back again' })
    await told(page, 'Back again')
    t.pass('and is told on')
  })

  for (const status of [503, 404]) {
    await t.test(`a proxy answers ${status} in its place: the page stays and asks again`, async (t) => {
      service.answer(status)
      service.breakOff()
      await until('three answers of the proxy', () => service.refused() >= 3)
      t.ok(await lost.isVisible())
      t.equal(new URL(page.url()).pathname, new URL(service.url).pathname)
      service.answer(200)
      // What asks first whether there is a stream again is heard by nobody.
      await lost.waitFor({ state: 'hidden' })
      await service.connected()
      service.tell({ state: 'starting', percent: 70, message: `After ${status}` })
      await told(page, `After ${status}`)
      t.equal(service.visits(), 1, 'the page itself was loaded once')
    })
  }

  await t.test('the service itself refuses: the page asks what has become of it', async () => {
    service.answer(410)
    service.breakOff()
    await until('the page to be asked for again', () => service.visits() === 2)
  })
})

t.test('what has ended is asked about once more, and not again', async (t) => {
  for (const state of ['failed', 'cancelled']) {
    await t.test(state, async (t) => {
      const service = await serve(t)
      const { page } = await openBrowser(t)
      await page.goto(service.url)
      await service.connected()
      service.end()
      service.tell({ state, percent: 40, message: '' })
      await page.getByText('It has ended.').waitFor()
      t.equal(service.visits(), 2)
    })
  }
})

t.test('without JavaScript the page comes again by itself, until there is no more to wait for', async (t) => {
  const service = await serve(t)
  const { page } = await openBrowser(t, { javaScriptEnabled: false })
  await page.goto(service.url)
  t.match(await page.title(), /^40 % · Starting your server/, 'the title follows here, too')
  await until('it to come again', () => service.visits() >= 3, { within_s: 20 })
  service.end()
  await page.getByText('It has ended.').waitFor()
})

t.test('who wants less motion sees the bar without any', async (t) => {
  const service = await serve(t)
  for (const [reducedMotion, moves] of [
    ['reduce', false],
    ['no-preference', true],
  ] as const) {
    const { page } = await openBrowser(t, { reducedMotion })
    await page.goto(service.url)
    // The part of the bar that moves cannot be asked: its rules can.
    const rules = (await page.evaluate(movingRules)) as readonly string[]
    t.equal(rules.length > 0, moves, reducedMotion)
  }
})

/** Runs in the page: rules that apply and move something. */
const movingRules = `[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .flatMap((rule) => rule instanceof CSSMediaRule ? (matchMedia(rule.conditionText).matches ? [...rule.cssRules] : []) : [rule])
  .map((rule) => rule.cssText).filter((text) => /transition|animation/.test(text))`

/** The frame of the service with one progress page, whose stream does what the test says. */
async function serve(t: Test) {
  const app = await buildFrame()
  const streams = new Set<FastifyReply['raw']>()
  let status = 200
  let refused = 0
  let visits = 0
  let ended = false
  app.get(`${servicePrefix}progress`, (_request, reply) => {
    visits++
    if (ended) return reply.type('text/html').send('<!doctype html><title>Ended</title><p>It has ended.')
    return reply.page('progress', {
      template,
      file: 'some_instrument/a.ipynb',
      state: 'starting',
      percent: 40,
      messages: ['Server requested'],
      elapsed_s: 0,
      eventsHref: `${servicePrefix}events`,
      cancel: { action: `${servicePrefix}cancel`, csrf: 'x' },
      typical_s: 20,
    })
  })
  app.get(`${servicePrefix}events`, (_request, reply) => {
    if (status !== 200) {
      refused++
      return reply.code(status).type('text/html').send('<p>Not now')
    }
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write('retry: 200\n\n')
    streams.add(reply.raw)
    reply.raw.on('close', () => streams.delete(reply.raw))
  })
  app.get('/arrived', (_request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Arrived</title><link rel="icon" href="data:,">'),
  )
  const origin = await listenOn(t, app)
  return {
    url: `${origin}${servicePrefix}progress`,
    connected: () => until('the page to listen', () => streams.size > 0, { every_ms: 20 }),
    tell(event: Readonly<Record<string, unknown>>) {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
    },
    breakOff() {
      refused = 0
      for (const stream of streams) stream.destroy()
      streams.clear()
    },
    answer(next: number) {
      status = next
    },
    end() {
      ended = true
    },
    refused: () => refused,
    visits: () => visits,
  }
}
