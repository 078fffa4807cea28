import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue, Template } from '../../catalogue/catalogue.ts'
import { titleOf } from '../../catalogue/search.ts'
import { Fault } from '../../fault.ts'
import { encodePath } from '../../hub/paths.ts'
import { makeCell } from '../../notebook/cell.ts'
import { takesOthers } from '../../notebook/fields.ts'
import { placeNotebook } from '../../notebook/file-name.ts'
import { writeParameters } from '../../notebook/parameters.ts'
import { connectTo } from '../connect.ts'
import { statusOf } from '../fault-table.ts'
import { controlsOf } from '../form/controls.ts'
import { type Problems, problemsOf } from '../form/problems.ts'
import { type FilledForm, readFilledForm } from '../form/read-form.ts'
import { viewOfForm } from '../form/view.ts'
import { type Fields, readForm, type TextBody } from '../form-body.ts'
import { readLanguages } from '../languages.ts'
import type { OwnPage } from '../own-page.ts'
import { sendParameters } from '../saved-parameters.ts'
import { senderOf } from '../sender.ts'
import { parametersOfQuery } from '../sent-parameters.ts'
import { showTemplate } from '../show-template.ts'
import { type TemplateRoute, templateSchema } from '../template-route.ts'
import type { TemplateView } from '../template-view.ts'
import { pickTexts } from '../texts/index.ts'

interface Options {
  readonly catalogue: Catalogue
  readonly ownPage: OwnPage
  readonly servicePrefix: string
  readonly allowedOrigins: readonly string[] | undefined
  /** Of this service, as its settings tell. */
  readonly publicOrigin: string | undefined
  readonly target: string
}

/** `GET /t/<template>`: its page, or with parameters a click. `POST /form/<template>`: the form on that page. */
export default async function template(app: FastifyInstance, options: Options): Promise<void> {
  const { catalogue, ownPage, servicePrefix, allowedOrigins, target } = options
  const { rateLimit, takeBody, keep } = app.clicks
  const common = { schema: templateSchema, config: { rateLimit } }

  /** Fault 13 alike for what is not there and for what is not theirs; `undefined`: the reply is the way to the login. */
  const open = async (request: FastifyRequest<TemplateRoute>, reply: FastifyReply) => {
    const template = await catalogue.find(request.params['*'])
    if (template === undefined) throw new Fault(13, 'unknown')
    const session = await app.visitors.user(request, reply, `${servicePrefix}t/${encodePath(template.path)}`)
    if (session === undefined) return undefined
    if (!catalogue.allows(template, session?.user.groups ?? [])) throw new Fault(13, 'unknown')
    request.problemContext = { user: session?.user.name }
    return template
  }

  app.get<TemplateRoute>('/t/*', common, async (request, reply) => {
    const parameters = parametersOfQuery(request)
    if (parameters === undefined) {
      const template = await open(request, reply)
      return template === undefined ? reply : show(request, reply, template, options)
    }
    const sender = senderOf(request, allowedOrigins)
    request.problemContext = { sender: sender ?? undefined }
    return keep(request, reply, { template: request.params['*'], parameters, sender })
  })

  app.post<TemplateRoute>('/form/*', { ...common, preParsing: takeBody }, async (request, reply) => {
    ownPage.checkForm(request)
    const template = await catalogue.find(request.params['*'])
    if (template === undefined) throw new Fault(13, 'unknown')
    const { path, compiled } = template
    const controls = controlsOf(path, compiled)
    const filled = readFilledForm(controls, fieldsOf(request))
    const parameters = writeParameters(filled.parameters)
    const again = async (problems: Problems, status = 400) => {
      const allowed = await open(request, reply)
      return allowed ? show(request, reply.code(status), allowed, options, { ...filled, problems }) : reply
    }
    try {
      const languages = readLanguages(request.headers['accept-language'])
      // What is wrong with the values that could be read is told together with what could not be.
      makeCell(filled.parameters, compiled, languages)
      if (filled.problems.size > 0) return await again(filled.problems)
      if (!filled.isSaving) {
        // Who may be asked to log in is asked on the next page: what was typed is not lost by a login that has ended.
        return await keep(request, reply, {
          template: path,
          parameters,
          sender: senderOf(request, undefined),
        })
      }
      if ((await open(request, reply)) === undefined) return reply
      const wanted = placeNotebook({ template: path, parameters: filled.parameters, languages, target })
      return sendParameters(reply, wanted, parameters)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const found = problemsOf(error, controls, filled.more !== '')
      if (found === undefined) throw error
      return again(new Map([...found, ...filled.problems]), statusOf(error))
    }
  })
}

/** A form without any field has no body. */
function fieldsOf(request: FastifyRequest): Fields {
  const body = request.body as TextBody | null | undefined
  if (body === undefined || body === null) return []
  if (!('form' in body)) throw new Fault(31, 'content-type')
  return readForm(body.form)
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  template: Template,
  { servicePrefix: prefix, publicOrigin: origin }: Options,
  filled?: Pick<FilledForm, 'typed' | 'more'> & { readonly problems: Problems },
): FastifyReply {
  const { path, compiled } = template
  const controls = controlsOf(path, compiled)
  const view: TemplateView = {
    user: request.problemContext?.user,
    template: showTemplate(template),
    description: compiled.description,
    authors: compiled.card.authors,
    tags: compiled.card.tags.map((name) => ({
      name,
      href: `${prefix}?${new URLSearchParams({ tag: name })}`,
    })),
    form: viewOfForm({
      action: `${prefix}form/${encodePath(path)}`,
      controls,
      takesMore: takesOthers(compiled),
      filled,
      problems: filled?.problems,
      texts: pickTexts(request.headers['accept-language']),
    }),
    previewHref: `${prefix}preview/t/${encodePath(path)}`,
    connect: connectTo({ path, title: titleOf(template), controls, origin, prefix }),
  }
  return reply.page('template', view)
}
