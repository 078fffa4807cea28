import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue, Template } from '../../../catalogue/catalogue.ts'
import { languageOf } from '../../../catalogue/search.ts'
import { readPieces } from '../../../catalogue/template-pieces.ts'
import { Fault } from '../../../fault.ts'
import { encodePath } from '../../../hub/paths.ts'
import type { Journey } from '../../../journey/journey.ts'
import type { Piece } from '../../../notebook/index.ts'
import { type RenderedPart, renderPart } from '../../../preview/part.ts'
import { createRenderer, type Renderer } from '../../../preview/renderer.ts'
import { freshId } from '../../../preview/shown-cell.ts'
import { onceOver } from '../../guards/once-over.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { type RequestRoute, requestSchema } from '../../input/kept-request.ts'
import { pickTexts } from '../../texts/index.ts'
import { type TemplateRoute, templateSchema } from '../template/address.ts'
import { openTemplate } from '../template/open-template.ts'
import type { PreviewView } from '../view-models.ts'
import { framedHeaders, sandboxedHeaders } from './headers.ts'

interface Options {
  readonly journey: Journey
  readonly catalogue: Catalogue
  readonly ownPage: OwnPage
  readonly servicePrefix: string
}

/** A notebook to be shown, and where. */
interface Shown {
  readonly template: Template
  readonly pieces: readonly Piece[]
  /** Path of the file, as the page names it. */
  readonly file: string
  readonly isTemplate: boolean
  /** Path of the first part. */
  readonly href: string
  readonly framed: boolean
}

const querystring = {
  type: 'object',
  properties: { from: { type: 'string', pattern: '^[1-9][0-9]{0,6}$' } },
} as const
const about = { helmet: framedHeaders, config: { rateLimit: rateLimits.previews } }

type From = { Querystring: { from?: string } }

/** `/preview/<id>`: the notebook that a request makes; `/preview/t/<template>`: a template as it is. */
export default async function preview(app: FastifyInstance, options: Options): Promise<void> {
  const renderer = createRenderer()
  app.addHook('onClose', () => renderer.close())
  previewOfRequest(app, options, renderer)
  previewOfTemplate(app, options, renderer)
}

function previewOfRequest(
  app: FastifyInstance,
  { journey, ownPage, servicePrefix }: Options,
  renderer: Renderer,
): void {
  app.get<RequestRoute & From>(
    '/preview/:id',
    { ...about, schema: { ...requestSchema, querystring } },
    async (request, reply) => {
      const framed = ownPage.checkLook(request) === 'framed'
      const { id } = request.params
      const href = `${servicePrefix}preview/${id}`
      // The Hub's login is shown in no frame.
      const visitor = await app.visitors.meet(request, reply, id, framed ? undefined : href)
      if (visitor === undefined) return reply
      const { template, finished, wanted, request: kept } = await journey.preview(visitor.asked, visitor)
      app.visitors.settle(request, reply, id)
      const file = kept.result?.path ?? wanted.name(1)
      return answer(request, reply, renderer, {
        template,
        pieces: finished.pieces,
        file,
        isTemplate: false,
        href,
        framed,
      })
    },
  )
}

function previewOfTemplate(
  app: FastifyInstance,
  { catalogue, ownPage, servicePrefix }: Options,
  renderer: Renderer,
): void {
  app.get<TemplateRoute & From>(
    '/preview/t/*',
    { ...about, schema: { ...templateSchema, querystring } },
    async (request, reply) => {
      const framed = ownPage.checkLook(request) === 'framed'
      const hrefOf = ({ path }: Template) => `${servicePrefix}preview/t/${encodePath(path)}`
      const returnTo = (template: Template) => (framed ? undefined : hrefOf(template))
      const opened = await openTemplate(app, catalogue, request, reply, returnTo)
      if (opened === undefined) return reply
      const { template } = opened
      const { start, end } = template.compiled.places
      return answer(request, reply, renderer, {
        template,
        pieces: [{ from: start, to: end }],
        file: template.path,
        isTemplate: true,
        href: hrefOf(template),
        framed,
      })
    },
  )
}

/** The part that is asked for. Fault 30 when there is none. */
async function answer(
  request: FastifyRequest<From>,
  reply: FastifyReply,
  renderer: Renderer,
  shown: Shown,
): Promise<FastifyReply> {
  const { template, pieces } = shown
  const { preview, language } = pickTexts(request.headers['accept-language'])
  const gone = new AbortController()
  onceOver(request, reply, () => gone.abort())
  const part = await renderPart(
    { template: template.compiled, pieces, read: (range) => readPieces(template.file, pieces, range) },
    renderer,
    { from: Number(request.query.from ?? 1), notes: { ...preview.notes, language }, signal: gone.signal },
  )
  if (part === undefined) throw new Fault(30, 'unknown')
  // Not even to be asked about again: what answers that it is unchanged can change the policy that came with it.
  reply.headers({ ...sandboxedHeaders(part.rules), 'cache-control': 'private, no-store' })
  return reply.page('preview', viewOf(part, shown, request.query.from))
}

function viewOf(
  { html, fresh, ...part }: RenderedPart,
  { template, file, isTemplate, href, framed }: Shown,
  from: string | undefined,
): PreviewView {
  const pageOf = (first: number) => (first === 1 ? href : `${href}?from=${first}`)
  const isHere = fresh !== undefined && fresh >= part.first && fresh <= part.last
  const here = from === undefined ? href : `${href}?from=${from}`
  const freshPage = isHere ? here : pageOf(fresh ?? 1)
  return {
    ...part,
    cells: html,
    file,
    language: languageOf(template),
    isTemplate,
    fresh: fresh === undefined ? undefined : { href: `${freshPage}#${freshId}`, tab: framed && !isHere },
    rest: part.last < part.total ? { href: pageOf(part.last + 1), tab: framed } : undefined,
    start: part.first > 1 ? { href, tab: framed } : undefined,
  }
}
