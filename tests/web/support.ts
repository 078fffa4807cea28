import Fastify, { type FastifyInstance } from 'fastify'
import { type FaultCode, faultReasons, type Reason } from '../../service/fault.ts'
import { assets } from '../../service/web/assets/assets.ts'
import { type SecurityHeadersOptions, securityHeaders } from '../../service/web/guards/security-headers.ts'
import { pages } from '../../service/web/pages/pages.ts'
import { frameworkErrors, problem } from '../../service/web/pages/problem/problem.ts'
import type { ControlView, TemplateView } from '../../service/web/pages/template/view.ts'
import type {
  CatalogueEntry,
  CatalogueView,
  ConfirmView,
  PageName,
  ShownTemplate,
  ViewModels,
} from '../../service/web/pages/view-models.ts'

export const servicePrefix = '/services/templates/'
/** What a browser's navigation sends. */
export const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

/** The frame of the service without its routes; lines of the log are pushed to `log`. */
export async function buildFrame(
  options: SecurityHeadersOptions = {},
  log: string[] = [],
): Promise<FastifyInstance> {
  const app = Fastify({
    frameworkErrors,
    bodyLimit: 1000,
    logger: { stream: { write: (line) => log.push(line) } },
  })
  await app.register(problem)
  await app.register(securityHeaders, options)
  await app.register(assets, { servicePrefix })
  await app.register(pages, { servicePrefix, hasMine: true })
  return app
}

/** The HTML of one page. */
export async function render<Name extends PageName>(name: Name, view: ViewModels[Name]): Promise<string> {
  const app = await buildFrame()
  app.get('/page', (_request, reply) => reply.page(name, view))
  const answer = await app.inject({ url: '/page', headers: { accept } })
  await app.close()
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  return answer.body
}

export const template: ShownTemplate = {
  title: 'Data Analysis',
  path: 'some_instrument/Data_Analysis_{measurement_name}.ipynb',
  language: 'python',
  languageKnown: true,
}

export const catalogueEntry: CatalogueEntry = {
  title: 'Fit',
  path: 'a/fit.ipynb',
  href: `${servicePrefix}t/a/fit.ipynb`,
  category: 'a',
  language: 'Python',
  kernel: 'python3',
  authors: [],
  tags: [],
}

export const control: ControlView = {
  id: 'field-1',
  key: 'a',
  title: 'a',
  kind: 'line',
  required: false,
  value: '',
  inputType: 'text',
  isUnsigned: false,
  options: [],
  hasBlank: true,
  jsonHint: 'json',
  isObject: false,
  isUtc: false,
  inFileName: false,
  rules: '[]',
}

export const templatePage: TemplateView = {
  template,
  authors: [],
  tags: [],
  form: { action: `${servicePrefix}form/a.ipynb`, decimal: '.', controls: [control], errors: [] },
  previewHref: `${servicePrefix}preview/t/a.ipynb`,
  connect: {
    placeholder: 'https://hub.example',
    snippets: { sampledb: 'the entry', form: 'the form', link: 'the link', curl: 'the call' },
  },
}

export const emptyCatalogue: CatalogueView = {
  words: '',
  language: { chosen: '', choices: [] },
  tag: { chosen: '', choices: [] },
  categories: [],
  total: 0,
  first: 0,
  last: 0,
  faults: [],
  isComplete: true,
  warnings: [],
}

export const confirmation: ConfirmView = {
  user: 'x.y@lab.example',
  mode: 'create',
  state: 'ready',
  form: { action: `${servicePrefix}confirm/abc`, csrf: 'the-token' },
  template,
  file: 'some_instrument/Data_Analysis_Experiment-12345.ipynb',
  place: {
    folder: 'some_instrument',
    name: 'Data_Analysis_Experiment-12345.ipynb',
    proposed: 'some_instrument/Data_Analysis_Experiment-12345.ipynb',
  },
  server: { name: '', state: 'ready' },
  sender: 'https://sampledb.example',
  values: { rows: [], notSet: [], atDefault: [], total: 0 },
  notices: { list: [], more: 0, withheld: [], whom: undefined },
  previewHref: `${servicePrefix}preview/abc`,
}

/** Every code with every reason of it. */
export const everyFault: readonly (readonly [FaultCode, Reason])[] = Object.entries(faultReasons).flatMap(
  ([code, reasons]) => reasons.map((reason) => [Number(code) as FaultCode, reason] as const),
)

/** Values for the sentences of all of them. */
export const faultValues = {
  template: 'measurement/Plot_{name}.ipynb',
  name: 'measurement_name',
  names: '“temperature”, “unit”',
  message: 'Insufficient cpu: 0/12 nodes are available',
  scope: 'access:servers!server=ada/',
  line: 3,
  column: 14,
  limit: 4194304,
  path: 'measurement/Plot_Experiment-12345.ipynb',
  folder: 'measurement',
  sender: 'https://sampledb.example.org',
  type: 'text/plain',
  place: 'body',
}

/** What a reader sees: without tags, with character references as the characters they stand for. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
