import type { FastifyInstance } from 'fastify'
import { type Catalogue, readThumbnail } from '../../../catalogue/catalogue.ts'
import { Fault } from '../../../fault.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import { imagePolicy } from '../../guards/security-headers.ts'
import { type TemplateRoute, templateSchema } from '../template/address.ts'
import { openTemplate } from '../template/open-template.ts'

interface Options {
  readonly catalogue: Catalogue
}

const schema = {
  ...templateSchema,
  querystring: { type: 'object', properties: { v: { type: 'string', maxLength: 100 } } },
} as const
const year_s = 365 * 24 * 3600

/**
 * `/thumbnails/<template>?v=<version>`: the image of a template's card, for those who may use the template. An address that
 * names the version is cached for good.
 */
export default async function cardImage(app: FastifyInstance, { catalogue }: Options): Promise<void> {
  app.get<TemplateRoute & { Querystring: { v?: string } }>(
    '/thumbnails/*',
    { schema, config: { rateLimit: rateLimits.images } },
    async (request, reply) => {
      const opened = await openTemplate(app, catalogue, request, reply, () => undefined, 'recent')
      if (opened === undefined) return reply
      const image = await readThumbnail(opened.template)
      if (image === undefined) throw new Fault(30, 'unknown')
      const isThis = request.query.v === image.version
      return reply
        .headers({
          'cache-control': isThis ? `private, max-age=${year_s}, immutable` : 'private, no-cache',
          'content-security-policy': imagePolicy,
        })
        .type(image.type)
        .send(image.bytes)
    },
  )
}
