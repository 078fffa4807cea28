import { randomBytes } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { Certificates } from './hub/http.ts'
import type { Hub } from './hub/hub.ts'
import type { Login } from './hub/login.ts'
import type { Journey } from './journey/journey.ts'
import type { Sealer } from './seal.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store/store.ts'
import { assets } from './web/assets.ts'
import clicks from './web/clicks.ts'
import { publicOriginOf } from './web/connect.ts'
import cookies from './web/cookies.ts'
import formBody from './web/form-body.ts'
import login from './web/login.ts'
import { readLogo } from './web/logo.ts'
import { createOwnPage } from './web/own-page.ts'
import { pages } from './web/pages.ts'
import { frameworkErrors, problem } from './web/problem.ts'
import { quietLimits } from './web/rate-limits.ts'
import button from './web/routes/button.ts'
import cardImage from './web/routes/card-image.ts'
import catalogueRoute from './web/routes/catalogue.ts'
import confirm from './web/routes/confirm.ts'
import form from './web/routes/form.ts'
import health from './web/routes/health.ts'
import parameters from './web/routes/parameters.ts'
import preview from './web/routes/preview.ts'
import progress from './web/routes/progress.ts'
import template from './web/routes/template.ts'
import { securityHeaders } from './web/security-headers.ts'
import session from './web/session.ts'
import visitor from './web/visitor.ts'

export interface AppParts {
  readonly settings: Settings
  readonly secret: Uint8Array
  readonly sealer: Sealer
  readonly store: Store
  readonly catalogue: Catalogue
  readonly journey: Journey
  /** Absent without a hub. */
  readonly hub: { readonly hub: Hub; readonly login: Login } | undefined
  /** For JupyterHub's `internal_ssl`, where the proxy comes by https and with a certificate. */
  readonly tls: Certificates | undefined
  readonly logger: FastifyBaseLogger
}

/** For the largest body on a slow line. */
const BODY_PATIENCE_MS = 180_000

/** In the log, and on every page that tells of a fault. Never taken from a request: it would be its sender's to choose. */
const genReqId = () => randomBytes(6).toString('hex')

/** The plugins and routes by name; all else is theirs. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { settings, store, catalogue, journey, sealer } = parts
  const servicePrefix = settings.prefix
  const publicUrl = settings.hub?.publicUrl
  // Percent-encoding makes three bytes of one.
  const bodyLimit = 3 * settings.maxParamsBytes + 65_536
  const ownPage = createOwnPage(parts.secret, servicePrefix, publicUrl && new URL(publicUrl).origin)
  const mode = settings.delivery === 'download' ? 'download' : 'create'

  const app = Fastify({
    loggerInstance: parts.logger,
    bodyLimit,
    // Fastify waits for ever: a body that trickles in would stay in memory.
    requestTimeout: BODY_PATIENCE_MS,
    frameworkErrors,
    requestIdHeader: false,
    genReqId,
    // What a user sent is read losslessly by our own reader; a schema must not bend it on the way (DESIGN 2.2).
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // The hub's proxy comes from here or from a private network, and so may others before it; of the addresses that they
    // name, the last one from elsewhere is nobody's to choose. Only the rate limit looks at it.
    trustProxy: settings.hub === undefined ? false : ['loopback', 'linklocal', 'uniquelocal'],
    forceCloseConnections: 'idle',
    ...(parts.tls && { https: { ...parts.tls, requestCert: true } }),
    routerOptions: { ignoreTrailingSlash: false },
  })

  // First: a route keeps the error handler that was there when it was added.
  await app.register(problem)
  const logo = settings.logo === undefined ? undefined : readLogo(settings.logo)
  await app.register(assets, { servicePrefix, logo })
  await app.register(pages, { servicePrefix, title: settings.title })
  await app.register(securityHeaders, { formTargets: formTargets(settings) })
  await app.register(rateLimit, { global: false, ...quietLimits })
  await app.register(formBody, { bodyLimit })
  await app.register(cookies, { sealer, prefix: servicePrefix, publicUrl })
  if (parts.hub !== undefined && settings.hub !== undefined) {
    const { accessScopes, callbackPath } = settings.hub
    await app.register(session, { hub: parts.hub.hub, accessScopes })
    await app.register(login, { login: parts.hub.login, store, prefix: servicePrefix, callbackPath })
  }
  await app.register(visitor, { journey, withHub: parts.hub !== undefined })
  await app.register(clicks, { journey, servicePrefix, limits: settings })

  const prefix = servicePrefix.slice(0, -1)
  const { allowedOrigins, target } = settings
  const publicOrigin = publicOriginOf(settings)
  await app.register(health, { prefix })
  await app.register(catalogueRoute, { prefix, catalogue, servicePrefix })
  await app.register(button, { prefix, allowedOrigins })
  const page = { catalogue, servicePrefix, publicOrigin }
  await app.register(template, { prefix, ...page, allowedOrigins, ownPage })
  await app.register(form, { prefix, ...page, ownPage, target })
  await app.register(confirm, { prefix, journey, ownPage, servicePrefix, mode })
  await app.register(parameters, { prefix, journey, ownPage, servicePrefix })
  await app.register(preview, { prefix, journey, catalogue, ownPage, servicePrefix })
  await app.register(cardImage, { prefix, catalogue })
  await app.register(progress, { prefix, journey, ownPage, servicePrefix })
  return app
}

/** With subdomains the Hub and the users' servers lie on other hosts, where a form of ours may lead (DESIGN 2.9). */
function formTargets({ hub }: Settings): string[] {
  const { publicHost = '', publicHubUrl = '' } = hub ?? {}
  const origins = [publicHost, publicHubUrl]
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin)
  const users = publicHost === '' ? [] : [new URL(publicHost).origin.replace('://', '://*.')]
  return [...new Set([...origins, ...users])]
}
