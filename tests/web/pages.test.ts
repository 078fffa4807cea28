import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readParameters } from '../../service/notebook/index.ts'
import { webFolder } from '../../service/web/package-root.ts'
import type { TemplateView } from '../../service/web/pages/template/view.ts'
import type {
  ConfirmView,
  PageName,
  ShownPart,
  ShownValue,
  ViewModels,
} from '../../service/web/pages/view-models.ts'
import { en } from '../../service/web/texts/en.ts'
import { showValues } from '../../service/web/values/shown-values.ts'
import {
  buildFrame,
  catalogueEntry,
  confirmation,
  control,
  emptyCatalogue,
  render,
  servicePrefix,
  template,
  templatePage,
  textOf,
} from './support.ts'

const progress: ViewModels['progress'] = {
  template,
  file: 'some_instrument/a.ipynb',
  state: 'starting',
  percent: 40,
  messages: ['Server requested', 'Spawning server'],
  elapsed_s: 72.4,
  eventsHref: `${servicePrefix}progress/abc/events`,
  cancel: { action: `${servicePrefix}progress/abc/cancel`, csrf: 'the-token' },
}

const preview: ViewModels['preview'] = {
  file: 'some_instrument/a.ipynb',
  language: 'python',
  isTemplate: false,
  cells: '<div class="cell"></div>',
  rules: '',
  hasFormulas: false,
  first: 2,
  last: 3,
  total: 5,
}

const shown = (json: string, names: { sent: string; variable: string | undefined }[] = []) =>
  showValues(readParameters(json), names, en)

t.test(
  'the confirmation says which template, for whom, into which file, with which values, sent by whom',
  async (t) => {
    const values = shown('{"temperature":{"_type":"quantity","units":"degC","magnitude":21.5},"class":"x"}', [
      { sent: 'temperature', variable: 'temperature' },
      { sent: 'class', variable: 'class_' },
    ])
    const html = await render('confirm', { ...confirmation, values })
    const text = textOf(html.replaceAll('<wbr>', ''))
    for (const part of [
      'Create this notebook?',
      'Data Analysis',
      'some_instrument/Data_Analysis_{measurement_name}.ipynb',
      'x.y@lab.example',
      'some_instrument/Data_Analysis_Experiment-12345.ipynb',
      'https://sampledb.example',
      'temperature',
      '21.5 °C',
      'class_',
    ])
      t.match(text, part, part)
    t.match(
      html,
      /<form method="post" action="\/services\/templates\/confirm\/abc">\s*<input type="hidden" name="csrf" value="the-token">/,
    )
    t.equal(html.match(/class="[^"]*\bprimary\b/g)?.length, 1, 'one primary button')
    t.match(html, /<button[^>]*>Create notebook<\/button>/)
  },
)

t.test('whose home is written to stands in the form, directly before its button', async (t) => {
  const whose =
    /<p class="whose">Saved in the home folder of <bdi>x\.y@lab\.example<\/bdi><\/p>\s*<div class="actions"><button/
  t.match(await render('confirm', confirmation), whose)
  t.match(await render('confirm', { ...confirmation, state: 'cancelled' }), whose)
  t.notMatch(await render('confirm', { ...confirmation, state: 'written' }), 'Saved in the home folder')
})

t.test('without values, without a known language, without a sender: each is said', async (t) => {
  t.match(textOf(await render('confirm', confirmation)), 'No values were sent')
  const unknown = { ...template, language: 'COBOL', languageKnown: false }
  const raw = textOf(
    await render('confirm', { ...confirmation, template: unknown, values: shown('{"a":1}') }),
  )
  t.match(raw, 'This service does not support the language COBOL')
  const unnamed = { ...template, language: '', languageKnown: false }
  t.match(
    textOf(await render('confirm', { ...confirmation, template: unnamed, values: shown('{"a":1}') })),
    'does not name its language',
  )
  for (const sender of [undefined, 'null', 'javascript:alert(1)']) {
    const html = await render('confirm', { ...confirmation, sender })
    t.match(textOf(html), 'a link, or typed by hand', String(sender))
    t.match(html, 'class="site unknown"', 'with a mark')
  }
})

t.test(
  'a written notebook is opened, not made again; a downloaded one can be downloaded again',
  async (t) => {
    const openHref = '/user/x.y@lab.example/notebooks/a.ipynb'
    const written = await render('confirm', { ...confirmation, state: 'written', openHref })
    t.match(written, `href="${openHref}">Open it</a>`)
    t.notMatch(written, '<form')
    const download = { ...confirmation, user: undefined, mode: 'download' } as const
    const ready = await render('confirm', download)
    t.match(textOf(ready), /To open it in JupyterLab, drag .* In VS Code, open it/)
    t.notMatch(textOf(ready), 'Unpack')
    const files = ['Analysis.ipynb', 'data.csv']
    t.match(textOf(await render('confirm', { ...download, files })), 'Unpack the archive first')
    t.notMatch(textOf(await render('confirm', confirmation)), 'VS Code')
    t.match(ready, /<button[^>]*>Download notebook<\/button>/)
    t.notMatch(textOf(ready), 'home folder')
    t.match(
      await render('confirm', { ...download, state: 'written' }),
      /<button[^>]*>Download again<\/button>/,
    )
  },
)

t.test('progress is followed by a script, and by reloading where there is none', async (t) => {
  const html = await render('progress', progress)
  t.match(html, /<noscript><meta http-equiv="refresh" content="3"><\/noscript>/)
  t.match(html, 'data-events="/services/templates/progress/abc/events"')
  t.match(html, /<progress[^>]*max="100" value="40"/)
  t.match(html, /role="log"/)
  t.match(textOf(html), /Server requested Spawning server/)
  t.match(textOf(html), '1 min 12 s')
})

t.test('a percentage that is none keeps the bar within its bounds', async (t) => {
  for (const [percent, value] of [
    [-5, 0],
    [250, 100],
    [33.4, 33],
  ] as const) {
    t.match(await render('progress', { ...progress, percent }), `value="${value}"`, String(percent))
  }
})

t.test('the confirmation names what is withheld, and shows no value of it', async (t) => {
  const notices = { ...confirmation.notices, withheld: ['auth_token'] }
  for (const values of [shown('{"n":1}'), shown('{}')]) {
    const text = textOf(await render('confirm', { ...confirmation, values, notices }))
    t.match(
      text,
      /Withheld as credentials, neither stored nor written into the notebook: auth_token .*Create notebook/,
    )
    t.notMatch(text, en.confirm.noValues)
  }
})

const before = {
  path: 'made before.ipynb',
  time: '2026-01-05T08:30:00Z',
  href: '/user/x/made',
  sameSource: true,
  isRunning: true,
}

t.test('what was made before is opened first; another one is made second', async (t) => {
  const html = await render('confirm', { ...confirmation, before })
  t.match(
    html,
    /<a class="button primary" href="\/user\/x\/made">Open it<\/a>[\s\S]*<button type="submit">Create another</,
  )
  t.equal(html.match(/class="[^"]*\bprimary\b/g)?.length, 1, 'one primary button')
  t.match(
    textOf(html),
    /You have made this notebook before: made before\.ipynb January 5, 2026 at 8:30 AM UTC/,
  )
  t.notMatch(textOf(html), en.confirm.beforeStopped)
  const stopped = { ...before, sameSource: false, isRunning: false }
  const other = textOf(await render('confirm', { ...confirmation, before: stopped }))
  t.match(other, 'You have made a notebook from this template with the same values before:')
  t.match(other, en.confirm.beforeStopped)
  const odd = await render('confirm', { ...confirmation, before: { ...before, href: 'javascript:alert(1)' } })
  t.match(odd, /<button class="primary" type="submit">Create another</, 'where it cannot be opened')
})

t.test('the confirmation is in the order in which one decides', async (t) => {
  const notices: ConfirmView['notices'] = {
    list: [
      { kind: 'kernel', name: 'ir', language: 'R' },
      { kind: 'overwritten', name: 'a', cell: 1, line: 1, code: 'a = 1' },
      { kind: 'unknown', name: 'odd' },
      { kind: 'example', name: 'wavelength', example: '632.8' },
    ],
    more: 0,
    withheld: ['jwt'],
    whom: undefined,
  }
  const values = shown('{"a":5}')
  const text = textOf(await render('confirm', { ...confirmation, before, notices, values }))
  const order = [
    'Data Analysis',
    'https:// sampledb. example',
    'Your server has no kernel “ir” (R). Jupyter will ask which kernel to use.',
    'has no effect',
    '“odd” is not a parameter',
    'wavelength = 632.8',
    'jwt',
    'Data_ Analysis_ Experiment- 12345.ipynb',
    'Server Your server',
    'Create another',
    'The notebook starts with these',
    'Preview the finished notebook',
  ]
  const main = text.slice(text.indexOf('Create this notebook?', text.indexOf('Skip to content')))
  const places = order.map((part) => main.indexOf(part))
  t.notOk(places.includes(-1), `all are there: ${places}`)
  t.strictSame(
    places,
    places.toSorted((a, b) => a - b),
  )
})

t.test('the catalogue lists what there is, and says when there is nothing', async (t) => {
  const entry = { ...catalogueEntry, title: 'Fit a series', description: 'Fits a peak.' }
  const html = await render('catalogue', {
    ...emptyCatalogue,
    user: 'alice',
    categories: [{ name: 'xrd/fits', entries: [entry] }],
    total: 1,
    first: 1,
    last: 1,
  })
  t.match(html, `href="${entry.href}"`)
  t.match(textOf(html), /1 template xrd \/ fits .*Fit a series .*Fits a peak\./)
  t.match(textOf(await render('catalogue', emptyCatalogue)), 'No templates yet')
  const none = textOf(await render('catalogue', { ...emptyCatalogue, words: 'zebra' }))
  t.match(none, /No templates match\. Show all/)
})

t.test('a catalogue that is still being read says so, and counts what has been read so far', async (t) => {
  const some = {
    ...emptyCatalogue,
    language: { chosen: '', choices: ['Python', 'R'].map((value) => ({ value, count: 61 })) },
    categories: [{ name: '', entries: [catalogueEntry] }],
    total: 61,
    first: 1,
    last: 60,
    faults: [{ path: 'a.ipynb', reason: 'it is not UTF-8 text' }],
  }
  const reading = await render('catalogue', { ...some, isComplete: false })
  t.match(textOf(reading), 'is still reading its template folder')
  t.match(textOf(reading), '1–60 of 61 templates so far')
  t.match(textOf(reading), '1 problem in the template folder so far')
  t.notMatch(textOf(reading), 'Python (61)', 'nor does a choice say how many it leads to')
  t.match(reading, /<noscript><meta http-equiv="refresh" content="3"><\/noscript>/)
  const none = textOf(await render('catalogue', { ...emptyCatalogue, isComplete: false }))
  t.match(none, 'No templates so far.')
  t.notMatch(none, 'No templates yet')
  const whole = await render('catalogue', some)
  t.match(textOf(whole), 'Python (61)')
  t.notMatch(whole, /so far|still reading|http-equiv="refresh"/)
})

t.test('only faults that are given are shown, with their cell', async (t) => {
  const faults = [
    { path: 'a.ipynb', reason: 'it is not UTF-8 text', cell: 3 },
    { path: 'b.ipynb', reason: 'it is <b>' },
  ]
  const html = await render('catalogue', { ...emptyCatalogue, faults })
  t.match(
    textOf(html),
    /2 problems in the template folder .*a\.ipynb , cell 3: it is not UTF-8 text b\.ipynb : it is <b>/,
  )
  const warned = textOf(await render('catalogue', { ...emptyCatalogue, warnings: faults.slice(0, 1) }))
  t.match(warned, /1 warning about the templates .*opens .* a\.ipynb , cell 3: it is not UTF-8 text/)
  t.notMatch(textOf(await render('catalogue', emptyCatalogue)), /fault|warning|These are/)
  const many = { ...emptyCatalogue, faults, faultCount: 3000, warnings: faults, warningCount: 60_000 }
  const listed = textOf(await render('catalogue', many))
  t.match(listed, /3000 problems in .* first 2 of 3000\. .*60000 warnings about .* first 2 of 60000\./)
})

/** One hostile text for every text of every page: each view model is filled with it wherever a text may stand. */
const hostiles = [
  '<script>alert(1)</script>',
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '</title></style>--><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}$\u007b7*7}<%= 7*7 %>',
  '&lt;script&gt;',
  '/" onclick="alert(1)',
]

function everyPage(x: string): { readonly [Name in PageName]: readonly ViewModels[Name][] } {
  const hostile = { title: x, path: x, language: x, languageKnown: false }
  const form = { action: x, csrf: x }
  const part: ShownPart = { kind: 'text', brief: x, ends: { shown: 2000, total: 5000 } }
  const row: ShownValue = { ...part, name: x, title: x, variable: x, help: x }
  const inside = { parts: [{ ...part, label: x }], count: 2, asSent: false, open: true }
  const object: ShownValue = {
    ...row,
    kind: 'object',
    brief: '',
    inside: {
      ...inside,
      parts: [
        { kind: 'object', brief: '', label: x, inside },
        { ...part, inside },
      ],
    },
  }
  const time: ShownValue = { ...row, kind: 'datetime', time: x, inside: { ...inside, asSent: true } }
  const translated: ShownValue = {
    ...row,
    kind: 'translated',
    brief: '',
    translations: [{ language: x, text: x }],
    cut: true,
  }
  const picked: ShownValue = { ...row, picked: { language: x, others: [x] } }
  const meant: ShownValue = { ...row, meaning: x }
  const cell = { kind: 'quantity', brief: x, amount: { magnitude: x, unit: x } } as const
  const table = {
    columns: [
      { label: x, unit: x, isNumeric: true },
      { label: undefined, unit: undefined, isNumeric: false },
      { label: x, unit: undefined, isNumeric: false },
    ],
    rows: [[cell, { ...cell, time: x }, { kind: 'nothing', brief: '' }]],
    count: 2,
    open: true,
  } as const
  const list: ShownValue = { ...row, kind: 'list', brief: '', table, inside: { ...inside, asSent: true } }
  const nothing: ShownValue = { ...row, kind: 'nothing' }
  const rows = [row, object, time, translated, picked, meant, list, nothing]
  const values = { rows, notSet: [row, row], atDefault: [row], total: 12 }
  const confirm = {
    user: x,
    mode: 'create',
    state: 'ready',
    form,
    template: hostile,
    file: x,
    place: { folder: x, name: x, proposed: x, refused: [{ field: 'name', sentence: x }] },
    server: {
      name: x,
      state: 'stopped',
      startHref: x,
      choice: {
        differs: true,
        wanted: x,
        homeHref: x,
        list: [
          { key: x, kind: 'other-options', name: x, state: 'ready', isChosen: false, options: x },
          { key: x, kind: 'further', name: x, state: 'stopped', isChosen: true, options: x },
          { key: x, kind: 'running', name: x, state: 'ready', isChosen: false, options: x },
        ],
      },
    },
    before: { ...before, path: x, href: x },
    sender: x,
    values,
    openHref: x,
    notices: {
      list: [
        { kind: 'overwritten', name: x, cell: 1, line: 1, code: x },
        { kind: 'without-values', name: x },
        { kind: 'unknown', name: x, meant: x },
        { kind: 'example', name: x, example: x },
      ],
      more: 1,
      withheld: [x],
      whom: x,
    },
    previewHref: x,
    parametersHref: x,
  } as const
  const link = { href: x, tab: true }
  const under = {
    user: x,
    template: hostile,
    file: x,
    state: 'starting',
    percent: 1,
    messages: [x],
    elapsed_s: 1,
    eventsHref: x,
    cancel: form,
    typical_s: 75,
  } as const
  return {
    catalogue: [
      {
        user: x,
        words: x,
        language: { chosen: x, choices: [{ value: x, count: 1 }] },
        tag: { chosen: x, choices: [{ value: x, count: 1 }] },
        categories: [{ name: x, entries: [{ ...hostileEntry(x), thumbnailHref: x }, hostileEntry(x)] }],
        total: 99,
        first: 1,
        last: 2,
        previousHref: x,
        nextHref: x,
        faults: [{ path: x, reason: x, cell: 1 }],
        isComplete: true,
        warnings: [{ path: x, reason: x, cell: 1 }],
      },
    ],
    confirm: [
      confirm,
      { ...confirm, state: 'cancelled' },
      { ...confirm, state: 'written' },
      { ...confirm, mode: 'download' },
    ],
    mine: [
      {
        user: x,
        made: [
          { path: x, href: x, time: x, title: x, source: { name: x, address: x } },
          { path: x, href: '/x', time: '2026-01-05T08:30:00Z', sender: x },
          { path: x, href: x, time: x, sentByForm: true },
        ],
        isRunning: false,
        form,
      },
    ],
    progress: [under, { ...under, state: 'writing' }],
    login: [{ user: x, href: x }],
    problem: [
      {
        user: x,
        code: 1,
        status: 500,
        title: x,
        sentence: x,
        help: x,
        written: 'unclear',
        requestId: x,
        report: x,
        retry: form,
        againHref: x,
        start: { href: x, comesBack: false, hasForm: false },
        other: { ...form, server: x },
        sender: x,
      },
    ],
    template: [{ ...hostilePage(x), user: x, template: hostile, previewHref: x }],
    preview: [{ ...preview, file: x, language: x, fresh: link, rest: link, start: link }],
  }
}

for (const hostile of hostiles) {
  t.test(`${hostile} is only ever text, in every field of every page`, async (t) => {
    for (const [name, views] of Object.entries(everyPage(hostile))) {
      for (const view of views) {
        const html = await render(name as PageName, view)
        const bare = await render(
          name as PageName,
          everyPage(hostile.startsWith('/') ? '/x' : 'x')[name as PageName][views.indexOf(view as never)]!,
        )
        t.strictSame(
          shapeOf(html),
          shapeOf(bare),
          `${name}: the same elements and attributes as with harmless texts`,
        )
        t.notMatch(html, /(?:href|src|action|data-events)="\s*javascript:/i, `${name}: no address that runs`)
        t.match(
          textOf(html.replaceAll('<wbr>', '')),
          hostile.replace(/\s+/g, ' '),
          `${name}: and it is shown`,
        )
      }
    }
  })
}

/** Every element with its attributes' names, in order: what a text must not be able to change. */
function shapeOf(html: string): string[] {
  const tags = html.replaceAll('<wbr>', '').match(/<[^>]*>/g) ?? []
  return tags.map((tag) => tag.replace(/="[^"]*"/g, ''))
}

t.test('no page has inline style or script', async (t) => {
  for (const [name, views] of Object.entries(everyPage('x'))) {
    for (const view of views) {
      const html = await render(name as PageName, view)
      t.notMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i, name)
      t.match(html, /^<!doctype html>\n<html lang="en">/)
      t.equal(html.match(/<h1/g)?.length, 1, `${name}: one heading of the first level`)
      t.match(html, /<main id="content"/)
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])
      t.equal(new Set(ids).size, ids.length, `${name}: no id twice`)
    }
  }
})

t.test('a page takes no script and no style sheet but the one that it was made with', async (t) => {
  const app = await buildFrame()
  t.teardown(() => app.close())
  const named = new Set<string>()
  for (const [name, views] of Object.entries(everyPage('x'))) {
    const html = await render(name as PageName, views[0]!)
    for (const [tag, href = ''] of html.matchAll(
      /<(?:script|link rel="(?:stylesheet|modulepreload|preload)")[^>]*?\s(?:src|href)="([^"]*)"[^>]*>/g,
    )) {
      const { rawPayload, headers } = await app.inject(href)
      const hash = createHash('sha384').update(rawPayload).digest('base64')
      t.ok(tag.includes(` integrity="sha384-${hash}"`), `${name}: ${tag}`)
      // A framed page has no origin: without this it cannot compare the hash, and takes nothing.
      if (tag.startsWith('<link')) {
        t.match(tag, / crossorigin="anonymous"/)
        t.equal(headers['access-control-allow-origin'], '*')
      }
      named.add(href.split('/').at(-1)!)
    }
    t.equal(html.match(/<script|rel="stylesheet"/g)?.length, html.match(/ integrity="/g)?.length, name)
  }
  t.ok(named.has('progress.js') && named.has('confirm.css') && named.has('preview.css'), [...named].join())
})

t.test('on a hub, the page that asks has no script at all', async (t) => {
  for (const view of everyPage('x').confirm) {
    const html = await render('confirm', { ...view, mode: 'create' })
    t.notMatch(html, /<script|modulepreload/)
  }
})

t.test('unescaped output in a view is only ever another view of ours', async (t) => {
  const files = readdirSync(webFolder, { recursive: true, encoding: 'utf8' })
  const views = files.filter((name) => name.endsWith('.eta'))
  t.ok(views.length > 20)
  for (const file of views) {
    const raw = [...readFileSync(join(webFolder, file), 'utf8').matchAll(/<%[-_]?\s*~\s*([\s\S]*?)%>/g)].map(
      (match) => match[1]!,
    )
    // The cells, harmless, and the rules that belong to them (tests/preview/) are put into this view alone.
    const own =
      file === 'pages/preview/preview.eta'
        ? raw.filter((code) => !/^it\.page\.(cells|rules) $/.test(code))
        : raw
    for (const code of own)
      t.match(code, /^(it\.body|include\('@[a-z-]+', \{[^}]*(\{[^}]*\}[^}]*)?\}\)) $/, `${file}: ${code}`)
  }
})

function hostileEntry(x: string) {
  return {
    title: x,
    path: x,
    href: x,
    description: x,
    category: x,
    language: x,
    kernel: x,
    authors: [x],
    tags: [{ name: x, href: x }],
  }
}

/** Every kind of control, with the text wherever one may stand. */
function hostilePage(x: string): TemplateView {
  const kinds = ['line', 'text', 'lines', 'number', 'choice', 'date', 'json', 'any'] as const
  const controls = kinds.map((kind, index) => ({
    ...control,
    id: `field-${index + 1}`,
    key: encodeURIComponent(x),
    title: x,
    name: x,
    help: x,
    type: x,
    kind,
    required: true,
    value: x,
    options: [{ kind: 'text', label: x } as const],
    unit: x,
    second: { value: x, options: [x] },
    nullBox: { checked: true },
    otherwise: x,
    error: x,
    read: { number: x, literal: x },
    rules: JSON.stringify([{ rule: 'missing', message: x }]),
  }))
  return {
    ...templatePage,
    description: x,
    authors: [x],
    tags: [{ name: x, href: x }],
    form: {
      action: x,
      decimal: ',',
      controls: [...controls, { ...control, id: 'field-9', title: x, second: { value: x } }],
      more: { value: x, error: x, rules: '[]' },
      errors: [{ message: x, id: 'field-1' }, { message: x }],
    },
    connect: { placeholder: x, snippets: { sampledb: x, form: x, link: x, curl: x } },
  }
}
