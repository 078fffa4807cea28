import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue, Template } from '../../../catalogue/catalogue.ts'
import { inLanguage } from '../../../catalogue/in-language.ts'
import { tagsOf, titleOf } from '../../../catalogue/search.ts'
import { encodePath } from '../../../hub/paths.ts'
import { type CompiledTemplate, type SecretNames, takesOthers } from '../../../notebook/index.ts'
import { linkNamesOf, type Sender } from '../../../senders.ts'
import { controlsOf } from '../../form/controls.ts'
import { decimalFor } from '../../form/numbers.ts'
import type { Problems } from '../../form/problems.ts'
import type { FilledForm } from '../../form/read-form.ts'
import { viewOfForm } from '../../form/view.ts'
import { readLanguages } from '../../input/languages.ts'
import { pickTexts } from '../../texts/index.ts'
import { legible, legibleName } from '../../values/display-json.ts'
import { catalogueHref } from '../catalogue/view.ts'
import type { TemplateRoute } from './address.ts'
import { connectTo, objectId } from './connect.ts'
import { openTemplate } from './open-template.ts'
import { showTemplate } from './show-template.ts'
import type { TemplateView } from './view.ts'

export interface TemplatePageOptions {
  readonly catalogue: Catalogue
  readonly servicePrefix: string
  /** As SECRET_NAMES. */
  readonly secretNames: SecretNames
  /** Sites whose buttons are accepted; `undefined`: all. */
  readonly senders: readonly Sender[] | undefined
  /** Of this service, as its settings tell. */
  readonly publicOrigin: string | undefined
}

/** The page of a template, for those who may see it. */
export interface TemplatePage {
  /** Faults of `openTemplate`; `undefined`: the reply is the way to the login. */
  open(request: FastifyRequest<TemplateRoute>, reply: FastifyReply): Promise<Template | undefined>
  /** @param filled what was typed into its form, and what is wrong with that */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    template: Template,
    filled?: Pick<FilledForm, 'typed' | 'more'> & { readonly problems: Problems },
  ): FastifyReply
}

export function createTemplatePage(app: FastifyInstance, options: TemplatePageOptions): TemplatePage {
  const { catalogue, servicePrefix: prefix, publicOrigin: origin, secretNames } = options
  const linkNames = linkNamesOf(options.senders ?? [])
  const takesObjectId = (compiled: CompiledTemplate) =>
    takesOthers(compiled) ||
    linkNames.has(objectId) ||
    compiled.declared.some(({ name }) => name === objectId)
  return {
    async open(request, reply) {
      const returnTo = ({ path }: Template) => `${prefix}t/${encodePath(path)}`
      const opened = await openTemplate(app, catalogue, request, reply, returnTo)
      if (opened !== undefined) request.problemContext = { user: opened.session?.user.name }
      return opened?.template
    },

    show(request, reply, template, filled) {
      const { path, compiled } = template
      const { description, card } = compiled
      const languages = readLanguages(request.headers['accept-language'])
      const controls = controlsOf(path, compiled, secretNames, languages)
      const view: TemplateView = {
        user: request.problemContext?.user,
        template: showTemplate(template, languages),
        description: description && legible(inLanguage(description, languages)),
        authors: card.authors.map(legibleName),
        tags: tagsOf(template, languages).map((name) => ({
          name: legibleName(name),
          href: catalogueHref(prefix, { tag: name }),
        })),
        form: viewOfForm({
          action: `${prefix}form/${encodePath(path)}`,
          controls,
          takesMore: takesOthers(compiled),
          filled,
          problems: filled?.problems,
          texts: pickTexts(request.headers['accept-language']),
          decimal: decimalFor(request.headers['accept-language']),
        }),
        previewHref: `${prefix}preview/t/${encodePath(path)}`,
        connect: connectTo({
          path,
          title: titleOf(template, languages),
          controls,
          takesObjectId: takesObjectId(compiled),
          origin,
          prefix,
        }),
      }
      return reply.page('template', view)
    },
  }
}
