import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Logo } from '../../settings/logo.ts'
import { imagePolicy } from '../guards/security-headers.ts'
import { webFolder } from '../package-root.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The URL path of one of our own files, such as `style.css`; throws for a name that is not there. */
    asset(name: string): string
    /** What a page says of that file, so that the browser takes no other (Subresource Integrity); throws as above. */
    integrity(name: string): string
    /** For the header and the browser's tab. */
    logo: { readonly href: string; readonly type: string; readonly shape: number }
  }
}

export interface AssetsOptions {
  /** The service's own, with a slash at both ends. Register at the root: it is not added to another prefix. */
  readonly servicePrefix: string
  /** In the place of ours. */
  readonly logo?: Logo | undefined
}

const folders = ['styles', 'scripts', 'images'].map((folder) => join(webFolder, 'assets', folder))
const katexFolder = dirname(fileURLToPath(import.meta.resolve('katex')))
const year_ms = 365 * 24 * 3600 * 1000

/**
 * Our styles, scripts and images, and those of KaTeX, below `<prefix>assets/<hash>/`. The hash is made from all of them, so an
 * address never changes its content and is cached for good. While replicas of two versions run side by side, one may be
 * asked with the other's hash: it answers with what it has, uncached, which a page of the other version can use where the file
 * is the same in both.
 *
 * Pages name each script and style sheet with its hash (Subresource Integrity): where users share an origin, a service worker
 * of another user's page could answer in our place. No script imports another, and no style sheet either, because that hash
 * would not cover it.
 *
 * A preview is a document of no origin (web/pages/preview/route.ts), which the browser lets have these files, and compare their hashes,
 * only when they say that they are for everybody, as they are.
 */
export const assets = fp<AssetsOptions>(
  async (app, { servicePrefix, logo }) => {
    const files = findFiles()
    const hash = createHash('sha256')
    const integrities = new Map<string, string>()
    for (const [name, root] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const bytes = readFileSync(join(root, name))
      hash.update(`${name}\0`).update(bytes)
      integrities.set(name, `sha384-${createHash('sha384').update(bytes).digest('base64')}`)
    }
    if (logo !== undefined) hash.update(`${logo.name}\0`).update(logo.bytes)
    const version = hash.digest('base64url').slice(0, 12)

    const address = (name: string) => `${servicePrefix}assets/${version}/${name}`
    app.decorate('integrity', (name: string) => {
      const integrity = integrities.get(name)
      if (integrity === undefined) throw new Error(`no such asset: ${name}`)
      return integrity
    })
    app.decorate('asset', (name: string) => {
      if (!files.has(name)) throw new Error(`no such asset: ${name}`)
      return address(name)
    })
    const { name: logoName, ...shown } = logo ?? { name: 'logo.svg', type: 'image/svg+xml', shape: 1 }
    app.decorate('logo', { href: address(logoName), type: shown.type, shape: shown.shape })
    await app.register(fastifyStatic, { serve: false, root: webFolder })
    app.get<{ Params: { version: string; '*': string } }>(
      `${servicePrefix}assets/:version/*`,
      { schema: { params: namesSchema }, attachValidation: true, logLevel: 'warn' },
      (request, reply) => {
        const name = request.params['*']
        const current = request.params.version === version
        if (name === logo?.name) return sendLogo(reply, logo, current)
        const root = request.validationError ? undefined : files.get(name)
        if (root === undefined) return reply.callNotFound()
        reply.header('cross-origin-resource-policy', 'cross-origin')
        reply.header('access-control-allow-origin', '*')
        return reply.sendFile(name, root, {
          dotfiles: 'deny',
          immutable: current,
          maxAge: current ? year_ms : 0,
        })
      },
    )
  },
  { name: 'assets', fastify: '5.x' },
)

function sendLogo(reply: FastifyReply, { bytes, type }: Logo, current: boolean): FastifyReply {
  return reply
    .header('content-security-policy', imagePolicy)
    .header('cache-control', current ? `public, max-age=${year_ms / 1000}, immutable` : 'public, max-age=0')
    .type(type)
    .send(bytes)
}

/** Name in the address → the folder below which it lies under that name. */
function findFiles(): ReadonlyMap<string, string> {
  const own = folders.flatMap((root) => readdirSync(root).map((name) => [name, root] as const))
  const fonts = readdirSync(join(katexFolder, 'fonts')).filter((name) => name.endsWith('.woff2'))
  // Its style sheet names the fonts by this path.
  const katex = ['katex.min.css', ...fonts.map((name) => `fonts/${name}`)]
  return new Map([...own, ...katex.map((name) => [name, katexFolder] as const)])
}

const namesSchema = {
  type: 'object',
  required: ['version', '*'],
  properties: {
    version: { type: 'string', pattern: '^[\\w-]{1,32}$' },
    '*': { type: 'string', pattern: '^(?:[\\w-]{1,32}/)?[\\w.-]{1,64}$' },
  },
} as const
