import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { webFolder } from './package-root.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The URL path of one of our own files, such as `style.css`; throws for a name that is not there. */
    asset(name: string): string
  }
}

export interface AssetsOptions {
  /** The service's own, with a slash at both ends. Register at the root: it is not added to another prefix. */
  readonly servicePrefix: string
}

const folders = ['styles', 'scripts', 'images'].map((folder) => join(webFolder, folder))
const year_ms = 365 * 24 * 3600 * 1000

/**
 * Our styles, scripts and images below `<prefix>assets/<hash>/`. The hash is made from all of them, so an address
 * never changes its content and is cached for good. While replicas of two versions run side by side, one may be
 * asked with the other's hash: it answers with what it has, uncached, rather than with an unstyled page.
 */
export const assets = fp<AssetsOptions>(
  async (app, { servicePrefix }) => {
    const files = new Map(folders.flatMap((root) => readdirSync(root).map((name) => [name, root] as const)))
    const hash = createHash('sha256')
    for (const [name, root] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${name}\0`).update(readFileSync(join(root, name)))
    }
    const version = hash.digest('base64url').slice(0, 12)

    app.decorate('asset', (name: string) => {
      if (!files.has(name)) throw new Error(`no such asset: ${name}`)
      return `${servicePrefix}assets/${version}/${name}`
    })
    await app.register(fastifyStatic, { serve: false, root: webFolder })
    app.get<{ Params: { version: string; name: string } }>(
      `${servicePrefix}assets/:version/:name`,
      { schema: { params: namesSchema }, attachValidation: true, logLevel: 'warn' },
      (request, reply) => {
        const root = request.validationError ? undefined : files.get(request.params.name)
        if (root === undefined) return reply.callNotFound()
        const current = request.params.version === version
        return reply.sendFile(request.params.name, root, {
          dotfiles: 'deny',
          immutable: current,
          maxAge: current ? year_ms : 0,
        })
      },
    )
  },
  { name: 'assets', fastify: '5.x' },
)

const namesSchema = {
  type: 'object',
  required: ['version', 'name'],
  properties: {
    version: { type: 'string', pattern: '^[\\w-]{1,32}$' },
    name: { type: 'string', pattern: '^[\\w.-]{1,64}$' },
  },
} as const
