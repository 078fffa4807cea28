import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Template } from '../../../catalogue/catalogue.ts'
import { Fault } from '../../../fault.ts'
import {
  type CompiledTemplate,
  checkSecrets,
  makeCell,
  placeNotebook,
  secretsOf,
  type Withheld,
  withholdSecrets,
  writeParameters,
} from '../../../notebook/index.ts'
import type { Control } from '../../form/control.ts'
import { controlsOf } from '../../form/controls.ts'
import { withoutSecretTexts } from '../../form/further.ts'
import { decimalFor } from '../../form/numbers.ts'
import { type Problems, problemsOf } from '../../form/problems.ts'
import { type FilledForm, readFilledForm } from '../../form/read-form.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { type Fields, readForm, type TextBody } from '../../input/form-body.ts'
import { readLanguages } from '../../input/languages.ts'
import { senderOf } from '../../input/sender.ts'
import { type SavedAs, sendParameters } from '../../values/saved-parameters.ts'
import { statusOf } from '../problem/fault-table.ts'
import { type TemplateRoute, templateSchema } from './address.ts'
import { createTemplatePage, type TemplatePage, type TemplatePageOptions } from './page.ts'

interface Options extends TemplatePageOptions {
  readonly ownPage: OwnPage
  readonly target: string
}

/** `POST /form/<template>`: the form on a template's page. */
export default async function form(app: FastifyInstance, options: Options): Promise<void> {
  const { catalogue, ownPage, secretNames, servicePrefix, target } = options
  const { maxBytes } = app.clicks
  const page = createTemplatePage(app, options)

  const config = { rateLimit: rateLimits.clicks }
  const routing = { schema: templateSchema, config, bodyLimit: app.parametersBody }
  app.post<TemplateRoute>('/form/*', routing, async (request, reply) => {
    const [url = ''] = request.url.split('?')
    request.problemContext = { againHref: `${servicePrefix}t/${url.slice(`${servicePrefix}form/`.length)}` }
    ownPage.checkForm(request)
    const template = await catalogue.find(request.params['*'])
    if (template === undefined) throw new Fault(13, 'unknown')
    // Whether the values are right tells what they may be: of a limited template only to its users.
    const isForAll = catalogue.allows(template, [])
    if (!isForAll && (await page.open(request, reply)) === undefined) return reply
    const { compiled } = template
    const controls = controlsOf(template.path, compiled, secretNames, languagesOf(request))
    const filled = readFilledForm(
      controls,
      fieldsOf(request, maxBytes),
      decimalFor(request.headers['accept-language']),
    )
    const found = withholdSecrets(filled.parameters, compiled, secretNames)
    const { saveAs } = filled
    const act = saveAs
      ? () => save(page, request, reply, found, target, saveAs)
      : () => goOn(app, request, reply, template, filled)
    // What is wrong with the values that could be read is told together with what could not be.
    const wrong =
      (await attempt(controls, filled, () => check(filled, found, compiled, languagesOf(request)))) ??
      (await attempt(controls, filled, act))
    if (wrong === undefined) return reply
    const allowed = await page.open(request, reply)
    if (allowed === undefined) return reply
    const more = withoutSecretTexts(filled.more, secretsOf(compiled, secretNames))
    return page.show(request, reply.code(wrong.status), allowed, {
      ...filled,
      more,
      problems: wrong.problems,
    })
  })
}

/** All that a cell of these values would be refused for. */
function check(
  filled: FilledForm,
  { parameters, withheld }: Withheld,
  template: CompiledTemplate,
  languages: readonly string[],
): void {
  checkSecrets(filled.parameters, template, languages, withheld)
  makeCell(parameters, template, languages, withheld)
}

/** Hands the values out as a file. */
async function save(
  page: TemplatePage,
  request: FastifyRequest<TemplateRoute>,
  reply: FastifyReply,
  { parameters, withheld }: Withheld,
  target: string,
  saveAs: SavedAs,
): Promise<void> {
  const template = await page.open(request, reply)
  if (template === undefined) return
  const languages = languagesOf(request)
  const { if_unset: ifUnset } = template.compiled.settings
  const wanted = placeNotebook({ template: template.path, parameters, languages, target, ifUnset, withheld })
  sendParameters(reply, wanted, { parameters }, saveAs)
}

/** Whoever has to log in is asked to on the next page: what was typed is not lost by a login that has ended. */
async function goOn(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { path }: Template,
  filled: FilledForm,
): Promise<void> {
  // `checkForm` has found whose page it is.
  const sender = senderOf(request, undefined)
  const { parameters: read } = filled
  const parameters = writeParameters(read)
  await app.clicks.keep(request, reply, { template: path, parameters, read, sender, byForm: true })
}

/** Does something with a form; what is wrong with the form, if anything is. Throws what is about something else. */
async function attempt(
  controls: readonly Control[],
  filled: FilledForm,
  act: () => unknown,
): Promise<{ readonly problems: Problems; readonly status: number } | undefined> {
  try {
    await act()
    return filled.problems.size === 0 ? undefined : { problems: filled.problems, status: 400 }
  } catch (error) {
    const found = error instanceof Fault ? problemsOf(error, controls, filled.more !== '') : undefined
    if (found === undefined) throw error
    return { problems: new Map([...found, ...filled.problems]), status: statusOf(error as Fault) }
  }
}

function languagesOf(request: FastifyRequest): string[] {
  return readLanguages(request.headers['accept-language'])
}

/**
 * A form without any field has no body.
 *
 * @throws Fault 21 of more than parameters may have: it would be read, checked and shown again
 */
function fieldsOf(request: FastifyRequest, limit: number): Fields {
  const body = request.body as TextBody | null | undefined
  if (body === undefined || body === null) return []
  if (!('form' in body)) throw new Fault(31, 'content-type')
  const fields = readForm(body.form)
  const size = fields.reduce((sum, [, value]) => sum + Buffer.byteLength(value), 0)
  if (size > limit) throw new Fault(21, 'parameters', { size, limit })
  return fields
}
