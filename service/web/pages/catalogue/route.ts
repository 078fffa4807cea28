import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Catalogue } from '../../../catalogue/catalogue.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { readLanguages } from '../../input/languages.ts'
import { type CatalogueQuery, readWish, viewOfPage } from './view.ts'

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

/**
 * So long after the start, visitors wait for the first look at the folder: some hundred templates are all there at the first visit,
 * and nobody waits long.
 */
const firstLook_ms = 1000

/** Problems, and warnings, that are listed for admins: a folder of thousands may have twenty in each template. */
const mostListed = 200

/** `GET /`: every template that the user may use, a page at a time, and a search among them. */
export default async function catalogue(app: FastifyInstance, options: Options): Promise<void> {
  const { catalogue, servicePrefix } = options
  const firstLook = Promise.race([catalogue.completed, pause(firstLook_ms, undefined, { ref: false })])
  const routing = { schema, config: { rateLimit: rateLimits.catalogue } }

  app.get<{ Querystring: CatalogueQuery }>('/', routing, async (request, reply) => {
    // Without its slash it is above the cookies' path, and everybody would look logged out.
    if (request.url.split('?')[0] !== servicePrefix) return reply.redirect(servicePrefix, 308)
    const query = request.query
    const languages = readLanguages(request.headers['accept-language'])
    const search = request.url.slice(servicePrefix.length)
    const session = await app.visitors.user(request, reply, servicePrefix + search)
    if (session === undefined) return reply
    await firstLook
    // What the watcher has missed shows at the next visit: looking through a large folder takes its time.
    void catalogue.refresh()
    const found = await catalogue.search(readWish(query, languages), session?.user.groups ?? [])
    const isAdmin = session?.user.admin === true
    const faults = isAdmin ? catalogue.faults() : []
    const warnings = isAdmin ? catalogue.warnings(mostListed) : { first: [], total: 0 }
    return reply.page('catalogue', {
      ...viewOfPage(found, query, servicePrefix, languages),
      user: session?.user.name,
      faults: faults.slice(0, mostListed),
      faultCount: faults.length,
      isComplete: catalogue.isComplete(),
      warnings: warnings.first,
      warningCount: warnings.total,
    })
  })
}
