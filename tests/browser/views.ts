/** What every page shows in the tests in a browser: what a real SampleDB sent, in the templates that come with the service. */

import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Test } from 'tap'
import { openCatalogue } from '../../service/catalogue/catalogue.ts'
import { Fault } from '../../service/fault.ts'
import { fieldsOf, makeCell, readParameters } from '../../service/notebook/index.ts'
import { readWish, viewOfPage } from '../../service/web/pages/catalogue/view.ts'
import type { ShownServerChoice } from '../../service/web/pages/confirm/view.ts'
import { framedHeaders } from '../../service/web/pages/preview/headers.ts'
import { problemView } from '../../service/web/pages/problem/problem.ts'
import { showTemplate } from '../../service/web/pages/template/show-template.ts'
import type { ViewModels } from '../../service/web/pages/view-models.ts'
import { pickTexts } from '../../service/web/texts/index.ts'
import { plainTexts } from '../../service/web/values/plain-texts.ts'
import { showValues } from '../../service/web/values/shown-values.ts'
import { inProject } from '../support/paths.ts'
import { buildFrame, everyFault, faultValues, servicePrefix, templatePage } from '../web/support.ts'

/** A page with what it shows. */
export interface Shown<Name extends keyof ViewModels = keyof ViewModels> {
  readonly label: string
  readonly page: Name
  readonly view: ViewModels[Name]
  /** False: one of many that look alike. */
  readonly picture?: boolean
}

const user = 'ada.lovelace@lab.example'
const sender = 'https://sampledb.example.org'
const csrf = 'x'.repeat(43)

/** Every page in every state of it. */
export async function everyView(t: Test, language: 'en' | 'de'): Promise<readonly Shown[]> {
  const stateDir = t.testdir()
  const catalogue = await openCatalogue({ dir: inProject('templates'), stateDir, log: { warn() {} } })
  t.teardown(() => catalogue.close())
  await catalogue.completed
  const templates = catalogue.list()
  const all = await catalogue.search(readWish({}), [])
  const nothing = await catalogue.search(readWish({ q: 'nothing has these words' }), [])
  const plot = templates.find(({ path }) => path === 'measurement/Plot_{name}.ipynb')!
  const posts = JSON.parse(readFileSync(inProject('tests/fixtures/sampledb_posts.json'), 'utf8'))
  const post = (object: string, title: string): string =>
    posts.requests.find(
      (one: { object: string; title: string }) => one.object === object && one.title.startsWith(title),
    ).params_text
  const values = (text: string) => {
    const parameters = readParameters(text)
    const { names } = makeCell(parameters, plot.compiled, [language])
    const plain = plainTexts(plot.compiled, [language])
    const fields = fieldsOf(plot.compiled, [], [language])
    return showValues(parameters, names, pickTexts(language), language, plain, fields)
  }
  const template = showTemplate(plot)
  const form = { action: `${servicePrefix}confirm/x`, csrf }
  const file = 'measurement/Plot_Experiment-12345.ipynb'
  const href = '/user/ada.lovelace@lab.example/notebooks/measurement/Plot_Experiment-12345.ipynb'
  const place = { folder: 'measurement', name: 'Plot_Experiment-12345.ipynb', proposed: file }
  const server = { name: '', state: 'stopped', startHref: '/hub/spawn/ada?next=%2F' } as const
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
    notices: { list: [], more: 0, withheld: [], whom: undefined },
    previewHref,
  } as const
  const before = { path: file, time: '2026-01-05T08:30:00Z', href, sameSource: true, isRunning: false }
  const notices = {
    list: [
      { kind: 'overwritten', name: 'temperature', cell: 3, line: 2, code: 'temperature = 20.0  # °C' },
      { kind: 'without-values', name: '%%bash' },
      { kind: 'unknown', name: 'temprature', meant: 'temperature' },
      { kind: 'unknown', name: 'a_name_of_many_characters_that_no_template_has_ever_declared_before' },
      { kind: 'example', name: 'wavelength', example: '632.8' },
      { kind: 'example', name: 'sample' },
    ],
    more: 2,
    withheld: ['jwt', 'api_key'],
    whom: 'Ada Lovelace, Charles Babbage',
  } as const
  const object = (id: number) => ({ name: 'SampleDB', address: `${sender}/objects/${id}` })
  const one = { path: file, href, time: '2026-01-05T08:30:00Z', title: template.title }
  const made = [
    { ...one, source: object(17) },
    { ...one, path: file.replace('.ipynb', ' (2).ipynb'), source: object(4_294_967_295) },
    { ...one, path: `${'a'.repeat(120)}/${'b'.repeat(120)}.ipynb`, title: 'c'.repeat(120), sender },
    { ...one, sentByForm: true },
    { path: 'Kept before.ipynb', href, time: one.time },
  ]
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
        ...viewOfPage(all, {}, servicePrefix),
        user,
        faults: [{ path: 'broken.ipynb', cell: 3, reason: 'it is not valid JSON (line 7, column 2)' }],
        isComplete: true,
        warnings: [
          {
            path: 'xrd/Fit.ipynb',
            cell: 2,
            reason:
              'it has the member "outputs", which nbformat 4.4 does not know. Open it in JupyterLab, and save it.',
          },
        ],
      },
    },
    {
      label: 'catalogue that is still being read',
      page: 'catalogue',
      view: {
        ...viewOfPage(all, {}, servicePrefix),
        user,
        faults: [],
        warnings: [],
        isComplete: false,
      },
    },
    {
      label: 'catalogue without templates',
      page: 'catalogue',
      view: { ...viewOfPage(nothing, {}, servicePrefix), faults: [], warnings: [], isComplete: true },
    },
    {
      label: 'catalogue without a hit',
      page: 'catalogue',
      view: {
        ...viewOfPage(nothing, { q: 'zebra' }, servicePrefix),
        faults: [],
        warnings: [],
        isComplete: true,
      },
    },
    {
      label: 'template',
      page: 'template',
      view: { ...templatePage, user, template, description: plot.compiled.description?.[''], previewHref },
    },
    { label: 'confirmation', page: 'confirm', view: { ...confirm, values: typical } },
    {
      label: 'confirmation of values that their template does not take',
      page: 'confirm',
      view: { ...confirm, values: typical, notices },
    },
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
          refused: [{ field: 'name', sentence: '“a:b” cannot be the name of a file or folder here.' }],
        },
        values: typical,
      },
    },
    {
      label: 'confirmation where the Hub asks for options',
      page: 'confirm',
      view: { ...confirm, server: { ...server, hasForm: true }, values: typical },
    },
    {
      label: 'confirmation with other servers',
      page: 'confirm',
      view: { ...confirm, server: { ...running, choice: choiceOf(false) }, values: typical },
    },
    {
      label: 'confirmation of other options',
      page: 'confirm',
      view: { ...confirm, server: { ...running, choice: choiceOf(true) }, values: typical },
    },
    {
      label: 'confirmation of what was made before',
      page: 'confirm',
      view: { ...confirm, before, values: typical },
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
    { label: 'my notebooks', page: 'mine', view: { user, made, isRunning: false, form } },
    { label: 'my notebooks before the first', page: 'mine', view: { user, made: [], isRunning: true, form } },
    { label: 'progress', page: 'progress', view: progress },
    { label: 'the way to the login', page: 'login', view: { href: `${servicePrefix}nothing` } },
    {
      label: 'progress at its beginning',
      page: 'progress',
      view: { ...progress, percent: 0, messages: [], elapsed_s: 0 },
    },
    {
      label: 'progress in line',
      page: 'progress',
      view: { ...progress, percent: 0, messages: [], elapsed_s: 12, line: { place: 23 } },
    },
    {
      label: 'progress in line of a full hub',
      page: 'progress',
      view: { ...progress, percent: 0, messages: [], elapsed_s: 305, line: { place: 1, full: true } },
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
          start: { href: '/hub/spawn/ada?next=%2F', comesBack: true, hasForm: false },
          ...(reason.startsWith('named-') && { other: { ...form, server: 'as-it-is:' } }),
        }),
      }),
    ),
  ]
}

const running = { name: '', state: 'ready' } as const

/** Servers that a user may choose from; `differs`: the one that the template is for runs with other options. */
function choiceOf(differs: boolean): ShownServerChoice {
  const one = { name: '', state: 'ready', isChosen: false, options: '' } as const
  return {
    differs,
    wanted: 'profile: gpu, cores: 4',
    homeHref: '/hub/home',
    list: differs
      ? [
          { ...one, key: 'as-it-is:', kind: 'other-options', options: 'profile: small' },
          { ...one, key: 'wanted:x', kind: 'further', name: 'templates-1a2b3c4d', state: 'stopped' },
          { ...one, key: 'as-it-is:long', kind: 'running', name: 'long-'.repeat(20) },
        ]
      : [
          { ...one, key: 'wanted:gpu', kind: 'wanted', name: 'gpu', isChosen: true },
          { ...one, key: 'as-it-is:', kind: 'default' },
        ],
  }
}

const pictured = new Set([
  '2 unknown',
  '11 disk-full',
  '13 unknown',
  '20 not-json',
  '23 failed',
  '23 named-limit',
  '26 not-our-page',
])

/**
 * The frame of the service with a page for each view, in the language asked for; it does not listen yet.
 *
 * @returns `pathOf`: of a view's page
 */
export async function frameOfViews(
  shown: Readonly<Record<'en' | 'de', readonly Shown[]>>,
): Promise<{ readonly app: FastifyInstance; pathOf(one: Pick<Shown, 'label'>): string }> {
  const app = await buildFrame()
  app.get<{ Params: { label: string } }>(`${servicePrefix}show/:label`, (request, reply) => {
    const { language } = pickTexts(request.headers['accept-language'])
    const found = shown[language as 'en' | 'de'].find(({ label }) => label === request.params.label)!
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
  return { app, pathOf: ({ label }) => `${servicePrefix}show/${encodeURIComponent(label)}` }
}
