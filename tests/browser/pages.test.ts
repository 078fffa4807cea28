/**
 * Every page in a real browser, in every look: in each language, light and dark, from 320 pixels to 4K, with and without
 * JavaScript. What can be measured is asserted (examine.ts); the pictures in `artefacts/` are for looking at.
 */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { FastifyReply } from 'fastify'
import t, { type Test } from 'tap'
import { openCatalogue } from '../../service/catalogue/catalogue.ts'
import { Fault } from '../../service/fault.ts'
import { makeCell } from '../../service/notebook/cell.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { readWish, viewOfPage } from '../../service/web/catalogue-page.ts'
import { framedHeaders } from '../../service/web/preview-headers.ts'
import { problemView } from '../../service/web/problem.ts'
import { showTemplate } from '../../service/web/show-template.ts'
import { showValues } from '../../service/web/shown-values.ts'
import { pickTexts } from '../../service/web/texts/index.ts'
import type { ViewModels } from '../../service/web/view-models.ts'
import { launchBrowser, takePicture } from '../support/browser.ts'
import { inProject } from '../support/paths.ts'
import { buildFrame, everyFault, servicePrefix, templatePage } from '../web/support.ts'
import { type Look, looks, nameOf, openEye, type Size, sizes } from './examine.ts'
import { servePages } from './own-pages.ts'

t.setTimeout(900_000)

interface Shown<Name extends keyof ViewModels = keyof ViewModels> {
  readonly label: string
  readonly page: Name
  readonly view: ViewModels[Name]
  readonly picture?: boolean
}

const user = 'ada.lovelace@lab.example'
const sender = 'https://sampledb.example.org'
const csrf = 'x'.repeat(43)

t.test('every page in every look', async (t) => {
  const browser = await launchBrowser(t)
  const shown = { en: await everyPage(t, 'en'), de: await everyPage(t, 'de') }
  const views = await serve(t, shown)
  const own = await servePages(t)
  const urlOf = ({ label }: Shown) => `${views}show/${encodeURIComponent(label)}`
  const lookAt = async (look: Look) => {
    const eye = await openEye(browser, look, [views, own.url])
    const whole = shown[look.language].filter(({ picture = true }) => picture)
    const pages = [...whole.map((one) => [one.label, urlOf(one)] as const), ...(await own.open(eye.context))]
    for (const size of Object.keys(sizes) as Size[]) {
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
  for (let index = 0; index < looks.length; index += 2) {
    await Promise.all(looks.slice(index, index + 2).map(lookAt))
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

/** What axe looks at changes with the width at most once: from one column to several. */
const hasBarriersOfItsOwn = (look: Look, size: Size) =>
  nameOf(look) === 'en light' || size === '320' || size === 'desktop'

/** Enough to look at: each size once, and each language and scheme. */
const isPictured = ({ language, colorScheme, javaScriptEnabled }: Look, size: Size) =>
  javaScriptEnabled &&
  ['en light desktop', 'en dark desktop', 'de light phone', 'en light 320', 'de dark 4K'].includes(
    `${language} ${colorScheme} ${size}`,
  )

/** The browser notes the status of a page that is a problem. */
const isUnexpected = (line: string) => !/responded with a status of (404|410)/.test(line)

/** What the pages show is what a real SampleDB sent, in the templates that come with the service. */
async function everyPage(t: Test, language: Look['language']): Promise<readonly Shown[]> {
  const stateDir = t.testdir()
  const catalogue = await openCatalogue({ dir: inProject('templates'), stateDir, log: { warn() {} } })
  t.teardown(() => catalogue.close())
  const templates = catalogue.list()
  const nothing = catalogue.search(readWish({ q: 'nothing has these words' }), [])
  const plot = templates.find(({ path }) => path === 'measurement/Plot_{name}.ipynb')!
  const posts = JSON.parse(readFileSync(inProject('tests/fixtures/sampledb_posts.json'), 'utf8'))
  const post = (object: string, title: string): string =>
    posts.requests.find(
      (one: { object: string; title: string }) => one.object === object && one.title.startsWith(title),
    ).params_text
  const values = (text: string) => {
    const parameters = readParameters(text)
    return showValues(parameters, makeCell(parameters, plot.compiled, [language]).names, pickTexts(language))
  }
  const template = showTemplate(plot)
  const form = { action: `${servicePrefix}confirm/x`, csrf }
  const file = 'measurement/Plot_Experiment-12345.ipynb'
  const href = '/user/ada.lovelace@lab.example/notebooks/measurement/Plot_Experiment-12345.ipynb'
  const place = { folder: 'measurement', name: 'Plot_Experiment-12345.ipynb', proposed: file }
  const server = { name: '', state: 'stopped' } as const
  const previewHref = `${servicePrefix}nothing`
  const confirm = {
    user,
    mode: 'create',
    state: 'ready',
    form,
    template,
    file,
    place,
    server,
    sender,
    previewHref,
  } as const
  const typical = values(post('ordinary', 'All Types'))
  const steps = [
    'Server requested',
    'Spawning server…',
    'Pulling image quay.io/jupyter/scipy-notebook:2024-05-06',
  ]
  const progress = {
    user,
    template,
    file,
    state: 'starting',
    percent: 55,
    messages: steps,
    elapsed_s: 75,
    eventsHref: `${servicePrefix}events`,
    cancel: form,
    typical_s: 75,
  } as const
  const long = 'a'.repeat(120)
  const sorts = JSON.stringify({
    settings: { text: '1', number: 1, nothing: null, yes: true, list: [1, 2], object: {} },
    spectrum: Array.from({ length: 2048 }, (_, at) => at / 8),
    deep: { a: { b: { c: { d: [{ e: 'f' }, { g: [[1, 2], [3]] }] } } } },
    remark: 'A long remark. '.repeat(400),
  })

  return [
    {
      label: 'catalogue',
      page: 'catalogue',
      view: {
        ...viewOfPage(catalogue.search(readWish({}), []), {}, servicePrefix),
        user,
        faults: [{ path: 'broken.ipynb', cell: 3, reason: 'it is not valid JSON (line 7, column 2)' }],
      },
    },
    {
      label: 'catalogue without templates',
      page: 'catalogue',
      view: { ...viewOfPage(nothing, {}, servicePrefix), faults: [] },
    },
    {
      label: 'catalogue without a hit',
      page: 'catalogue',
      view: { ...viewOfPage(nothing, { q: 'zebra' }, servicePrefix), faults: [] },
    },
    {
      label: 'template',
      page: 'template',
      view: { ...templatePage, user, template, description: plot.compiled.description, previewHref },
    },
    { label: 'confirmation', page: 'confirm', view: { ...confirm, values: typical } },
    {
      label: 'confirmation of odd names',
      page: 'confirm',
      view: { ...confirm, values: values(post('ordinary', 'Odd Names')) },
    },
    {
      label: 'confirmation of translated texts',
      page: 'confirm',
      view: { ...confirm, values: values(post('translated', 'Named')), sender: undefined },
    },
    {
      label: 'confirmation of nested values',
      page: 'confirm',
      view: { ...confirm, values: values(post('ordinary', 'Nested')) },
    },
    {
      label: 'confirmation of long values',
      page: 'confirm',
      view: {
        ...confirm,
        user: `${long}@lab.example`,
        file: `${long}/${long}.ipynb`,
        template: {
          ...template,
          title: long,
          path: `${long}/${long}.ipynb`,
          language: 'fortran',
          languageKnown: false,
        },
        sender: `https://${'sub.'.repeat(40)}example.org`,
        values: values(
          JSON.stringify({ [long]: long, [`${long}-`]: [long, long], n: { [long]: { [long]: long } } }),
        ),
      },
    },
    {
      label: 'confirmation of a refused name',
      page: 'confirm',
      view: {
        ...confirm,
        server: { name: 'gpu', state: 'ready' },
        place: {
          folder: 'measurement',
          name: 'a:b',
          proposed: file,
          refused: { field: 'name', sentence: '“a:b” cannot be the name of a file or folder here.' },
        },
        values: typical,
      },
    },
    {
      label: 'confirmation of what was made before',
      page: 'confirm',
      view: { ...confirm, before: { path: file, time: '2026-01-05T08:30:00Z', href }, values: typical },
    },
    {
      label: 'confirmation of what was cancelled',
      page: 'confirm',
      view: { ...confirm, state: 'cancelled', values: values(sorts) },
    },
    { label: 'confirmation without values', page: 'confirm', view: { ...confirm, values: values('{}') } },
    {
      label: 'confirmation of what is written',
      page: 'confirm',
      view: { ...confirm, state: 'written', values: typical, openHref: href },
    },
    {
      label: 'download',
      page: 'confirm',
      view: { ...confirm, user: undefined, mode: 'download', values: typical },
    },
    { label: 'progress', page: 'progress', view: progress },
    {
      label: 'progress at its beginning',
      page: 'progress',
      view: { ...progress, percent: 0, messages: [], elapsed_s: 0 },
    },
    ...everyFault.map(
      ([code, reason]): Shown<'problem'> => ({
        label: `problem ${code} ${reason}`,
        page: 'problem',
        picture: pictured.has(`${code} ${reason}`),
        view: problemView(new Fault(code, reason, faultValues), pickTexts(language), '5f3a9c0e1b2d', {
          user,
          sender,
          retry: form,
          againHref: form.action,
        }),
      }),
    ),
  ]
}

const pictured = new Set([
  '2 unknown',
  '11 disk-full',
  '13 unknown',
  '20 not-json',
  '23 failed',
  '26 not-our-page',
])
const faultValues = {
  template: 'measurement/Plot_{name}.ipynb',
  name: 'measurement_name',
  message: 'Insufficient cpu: 0/12 nodes are available',
  scope: 'access:servers!server=ada/',
  line: 3,
  column: 14,
  limit: 4194304,
  path: 'measurement/Plot_Experiment-12345.ipynb',
  folder: 'measurement',
  sender,
  type: 'text/plain',
  place: 'body',
}

/** The frame of the service with a page for each view, in the language asked for. */
async function serve(t: Test, shown: Readonly<Record<Look['language'], readonly Shown[]>>): Promise<string> {
  const app = await buildFrame()
  app.get<{ Params: { label: string } }>(`${servicePrefix}show/:label`, (request, reply) => {
    const { language } = pickTexts(request.headers['accept-language'])
    const found = shown[language as Look['language']].find(({ label }) => label === request.params.label)!
    return (reply.page as (name: string, view: unknown) => FastifyReply)(found.page, found.view)
  })
  // In the place of every preview.
  app.get(`${servicePrefix}nothing`, { helmet: framedHeaders }, (_request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Nothing</title>'),
  )
  app.get(`${servicePrefix}events`, (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write(': the server is starting\n\n')
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => {
    app.server.closeAllConnections()
    return app.close()
  })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${servicePrefix}`
}
