import type { FastifyInstance } from 'fastify'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { encodePath } from '../../hub/paths.ts'
import { showTemplate } from '../show-template.ts'

/** `GET /`: every template. */
export default async function catalogue(
  app: FastifyInstance,
  options: { catalogue: Catalogue; servicePrefix: string },
): Promise<void> {
  app.get('/', async (request, reply) => {
    // Without its slash it is above the cookies' path, and everybody would look logged out.
    if (request.url.split('?')[0] !== options.servicePrefix) return reply.redirect(options.servicePrefix, 308)
    const session = await app.visitors.user(request, reply, options.servicePrefix)
    if (session === undefined) return reply
    await options.catalogue.refresh()
    const templates = options.catalogue.list().map((template) => ({
      ...showTemplate(template),
      href: `${options.servicePrefix}t/${encodePath(template.path)}`,
      description: template.compiled.description,
    }))
    return reply.page('catalogue', { user: session?.user.name, templates })
  })
}
