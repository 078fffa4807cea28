import { randomBytes } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { Certificates } from './hub/http.ts'
import type { Hub } from './hub/hub.ts'
import type { Login } from './hub/login.ts'
import type { Journey } from './journey/journey.ts'
import type { Sealer } from './seal.ts'
import { readLogo } from './settings/logo.ts'
import type { Settings } from './settings/settings.ts'
import type { Store } from './store/store.ts'
import { assets } from './web/assets/assets.ts'
import bodies, { smallBody } from './web/guards/bodies.ts'
import { createOwnPage } from './web/guards/own-page.ts'
import plainHttp from './web/guards/plain-http.ts'
import { quietLimits } from './web/guards/rate-limits.ts'
import { securityHeaders } from './web/guards/security-headers.ts'
import { createTwoAnswers } from './web/guards/two-answers.ts'
import health from './web/health.ts'
import clicks from './web/input/clicks.ts'
import formBody from './web/input/form-body.ts'
import cardImage from './web/pages/catalogue/card-image.ts'
import catalogueRoute from './web/pages/catalogue/route.ts'
import parameters from './web/pages/confirm/parameters.ts'
import confirm from './web/pages/confirm/route.ts'
import { createTypedPlace } from './web/pages/confirm/typed-place.ts'
import mine from './web/pages/mine/route.ts'
import { pages } from './web/pages/pages.ts'
import preview from './web/pages/preview/route.ts'
import { frameworkErrors, problem } from './web/pages/problem/problem.ts'
import progress from './web/pages/progress/route.ts'
import { createSpawnPage } from './web/pages/spawn-page.ts'
import button from './web/pages/template/button.ts'
import { publicOriginOf } from './web/pages/template/connect.ts'
import form from './web/pages/template/form.ts'
import template from './web/pages/template/route.ts'
import { RequestLog } from './web/request-log.ts'
import cookies from './web/session/cookies.ts'
import login from './web/session/login.ts'
import session from './web/session/session.ts'
import visitor from './web/session/visitor.ts'

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
  const parametersBody = 3 * settings.maxParamsBytes + smallBody
  const ownPage = createOwnPage(parts.secret, servicePrefix, publicUrl && new URL(publicUrl).origin)
  const twoAnswers = createTwoAnswers(sealer, store)
  const mode = settings.delivery === 'download' ? 'download' : 'create'

  const app = Fastify({
    loggerInstance: parts.logger,
    logController: new RequestLog(),
    bodyLimit: smallBody,
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
  await app.register(pages, { servicePrefix, title: settings.title, hasMine: mode === 'create' })
  await app.register(securityHeaders, { formTargets: formTargets(settings) })
  await app.register(rateLimit, { global: false, ...quietLimits })
  await app.register(bodies, { parametersBody })
  await app.register(formBody)
  await app.register(cookies, { sealer, prefix: servicePrefix, publicUrl })
  if (parts.hub !== undefined && settings.hub !== undefined) {
    const { accessScopes, callbackPath, callbackUrl } = settings.hub
    // A full URL where services and users have hosts of their own.
    if (!URL.canParse(callbackUrl)) await app.register(plainHttp, { publicUrl })
    await app.register(session, { hub: parts.hub.hub, accessScopes })
    const { maxKeptBytes } = settings
    const logins = { login: parts.hub.login, store, maxKeptBytes }
    await app.register(login, { ...logins, prefix: servicePrefix, callbackPath })
  }
  await app.register(visitor, { journey, withHub: parts.hub !== undefined })
  await app.register(clicks, { journey, servicePrefix, maxBytes: settings.maxParamsBytes })

  const prefix = servicePrefix.slice(0, -1)
  const { senders, target } = settings
  const publicOrigin = publicOriginOf(settings)
  await app.register(health, { prefix, sealer })
  await app.register(catalogueRoute, { prefix, catalogue, servicePrefix })
  await app.register(button, { prefix, senders })
  const page = { catalogue, servicePrefix, publicOrigin, senders, secretNames: settings.secretNames }
  await app.register(template, { prefix, ...page, ownPage })
  await app.register(form, { prefix, ...page, ownPage, target })
  const { contact } = settings
  const spawnPage =
    mode === 'create' && settings.hub ? createSpawnPage(settings.hub, settings.start) : undefined
  const homeHref = settings.hub && `${settings.hub.publicHubUrl}home`
  const confirmation = {
    twoAnswers,
    typedPlace: createTypedPlace(sealer),
    mode,
    contact,
    spawnPage,
    homeHref,
  } as const
  await app.register(confirm, { prefix, journey, ownPage, servicePrefix, ...confirmation })
  await app.register(parameters, { prefix, journey, ownPage, servicePrefix })
  await app.register(preview, { prefix, journey, catalogue, ownPage, servicePrefix })
  await app.register(cardImage, { prefix, catalogue })
  if (mode === 'create') await app.register(mine, { prefix, journey, ownPage, twoAnswers, servicePrefix })
  await app.register(progress, { prefix, journey, ownPage, twoAnswers, servicePrefix, spawnPage })
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
