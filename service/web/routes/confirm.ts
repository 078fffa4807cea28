import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Confirmation, Journey, Visitor } from '../../journey/journey.ts'
import type { KeptRequest } from '../../journey/request.ts'
import type { ChosenFile } from '../../notebook/chosen-file.ts'
import { attachment } from '../attachment.ts'
import { formField } from '../form-body.ts'
import { keptFault, type RequestRoute, requestSchema } from '../kept-request.ts'
import type { OwnPage } from '../own-page.ts'
import { showTemplate } from '../show-template.ts'
import { showValues } from '../shown-values.ts'
import { pickTexts } from '../texts/index.ts'
import type { ConfirmView } from '../view-models.ts'

interface Options {
  readonly journey: Journey
  readonly ownPage: OwnPage
  readonly servicePrefix: string
  readonly mode: 'create' | 'download'
}

/** `/confirm/<id>`: asks, then creates. */
export default async function confirm(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, servicePrefix, mode } = options

  app.get<RequestRoute>('/confirm/:id', { schema: requestSchema }, async (request, reply) => {
    ownPage.checkVisit(request)
    const { id } = request.params
    const visitor = await app.visitors.meet(request, reply, id, `${servicePrefix}confirm/${id}`)
    if (visitor === undefined) return reply
    // No context before: what is not theirs looks to a user who is logged in as it does to anybody.
    const confirmation = await journey.show(id, visitor)
    request.problemContext = { user: visitor.user?.name }
    app.visitors.settle(request, reply, id)
    const { state } = confirmation.request
    // Its page is there; a second confirmation would change nothing.
    if (state === 'starting' || state === 'writing')
      return reply.redirect(`${servicePrefix}progress/${id}`, 303)
    return reply.page('confirm', view(request, confirmation, visitor, options))
  })

  app.post<RequestRoute>('/confirm/:id', { schema: requestSchema }, async (request, reply) => {
    ownPage.checkForm(request)
    const { id } = request.params
    const action = `${servicePrefix}confirm/${id}`
    const visitor = await app.visitors.meet(request, reply, id, action)
    if (visitor === undefined) return reply
    const user = visitor.user?.name
    request.problemContext = { user, againHref: action }
    ownPage.checkToken(id, user, formField(request, 'csrf'))
    request.problemContext = { user, againHref: action, retry: { action, csrf: ownPage.token(id, user) } }
    if (mode === 'download') return sendFile(reply, await journey.download(id, visitor))
    const kept = await journey.confirm(id, visitor, chosenBy(request))
    request.problemContext = { ...request.problemContext, sender: kept.sender ?? undefined }
    return follow(kept, reply, servicePrefix)
  })
}

function follow(request: KeptRequest, reply: FastifyReply, servicePrefix: string): FastifyReply {
  if (request.fault !== undefined) throw keptFault(request.fault)
  return reply.redirect(request.result?.url ?? `${servicePrefix}progress/${request.id}`, 303)
}

function sendFile(reply: FastifyReply, file: Awaited<ReturnType<Journey['download']>>): FastifyReply {
  return reply
    .type('application/x-ipynb+json')
    .header('content-length', file.length)
    .header('content-disposition', attachment(file.name))
    .send(Readable.from(file.open(), { objectMode: false }))
}

/** Where the user wants the notebook, if they changed what the page proposed. */
function chosenBy(request: FastifyRequest): ChosenFile | undefined {
  const folder = formField(request, 'folder')
  const name = formField(request, 'name')
  if (folder === undefined || name === undefined) return undefined
  return pathOf(folder, name) === formField(request, 'proposed') ? undefined : { folder, name }
}

function pathOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function view(
  request: FastifyRequest,
  { request: kept, template, parameters, cell, wanted, before }: Confirmation,
  visitor: Visitor,
  { ownPage, servicePrefix, mode }: Options,
): ConfirmView {
  const folder = mode === 'create' ? wanted.folder : ''
  const name = wanted.name(1)
  return {
    user: visitor.user?.name,
    mode,
    state: kept.state === 'written' ? 'written' : 'ready',
    form: { action: `${servicePrefix}confirm/${kept.id}`, csrf: ownPage.token(kept.id, visitor.user?.name) },
    template: showTemplate(template),
    file: kept.result?.path ?? pathOf(folder, name),
    place: { folder, name },
    before: before && { path: before.path, time: before.time, href: before.url },
    sender: kept.sender ?? undefined,
    values: showValues(parameters, cell.names, pickTexts(request.headers['accept-language'])),
    openHref: kept.result?.url,
    previewHref: `${servicePrefix}preview/${kept.id}`,
    parametersHref: `${servicePrefix}parameters/${kept.id}`,
  }
}
