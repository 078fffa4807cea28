import type { FastifyInstance } from 'fastify'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { type CatalogueQuery, readWish, viewOfPage } from '../catalogue-page.ts'
import { rateLimits } from '../rate-limits.ts'

interface Options {
  readonly catalogue: Catalogue
  readonly servicePrefix: string
}

const schema = {
  querystring: {
    type: 'object',
    properties: {
      q: { type: 'string', maxLength: 500 },
      language: { type: 'string', maxLength: 200 },
      tag: { type: 'string', maxLength: 200 },
      page: { type: 'string', pattern: '^[0-9]{1,5}$' },
    },
  },
} as const

/** `GET /`: every template that the user may use, a page at a time, and a search among them. */
export default async function catalogue(app: FastifyInstance, options: Options): Promise<void> {
  const { catalogue, servicePrefix } = options
  const routing = { schema, config: { rateLimit: rateLimits.catalogue } }

  app.get<{ Querystring: CatalogueQuery }>('/', routing, async (request, reply) => {
    // Without its slash it is above the cookies' path, and everybody would look logged out.
    if (request.url.split('?')[0] !== servicePrefix) return reply.redirect(servicePrefix, 308)
    const query = request.query
    const search = request.url.slice(servicePrefix.length)
    const session = await app.visitors.user(request, reply, servicePrefix + search)
    if (session === undefined) return reply
    // What the watcher has missed shows at the next visit: looking through a large folder takes its time.
    void catalogue.refresh()
    const found = catalogue.search(readWish(query), session?.user.groups ?? [])
    return reply.page('catalogue', {
      ...viewOfPage(found, query, servicePrefix),
      user: session?.user.name,
      faults: session?.user.admin ? catalogue.faults() : [],
    })
  })
}
