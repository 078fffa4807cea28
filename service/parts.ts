import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { AppParts } from './app.ts'
import { openCatalogue } from './catalogue/catalogue.ts'
import { createContentsDelivery } from './delivery/contents.ts'
import type { Delivery } from './delivery/delivery.ts'
import { trustWhatIsWritten } from './delivery/trust.ts'
import { loggedError } from './error-log.ts'
import { type Contents, createContents } from './hub/files/contents.ts'
import type { Certificates, TargetOptions } from './hub/http.ts'
import { createHub } from './hub/hub.ts'
import { createLogin } from './hub/login.ts'
import { createJourney } from './journey/journey.ts'
import { packageVersion } from './package-version.ts'
import { createSealer } from './seal.ts'
import { loadSecret } from './secret.ts'
import type { HubSettings, Settings } from './settings/settings.ts'
import { collectGarbage, letHeapGrow } from './start-heap.ts'
import { openStore } from './store/index.ts'

/** Everything the app stands on, and how to put it away again. */
export interface Parts extends AppParts {
  close(): Promise<void>
}

/** Opens all parts as the settings say. @throws SettingsError, Fault 24 store, and what the template folder throws */
export async function openParts(settings: Settings, logger: Logger): Promise<Parts> {
  const { stateDir, templatesDir, maxKeptBytes, maxParamsBytes, requestTtl_s, target } = settings
  const secret = await loadSecret(settings)
  const sealer = createSealer(secret)
  const tls = settings.hub?.listen.tls ? await readCertificates(settings.hub) : undefined
  const store = await openStore(settings.store, { maxKeptBytes, sealer, log: logger })
  // A store that was not closed counts as broken after the next boot (store/lmdb-folder.ts).
  const orClose = async (error: unknown) => {
    await store.close()
    throw error
  }
  const hub = settings.hub && (await openHub(settings, settings.hub, store, logger).catch(orClose))
  const catalogue = await openCatalogue({
    dir: templatesDir,
    stateDir,
    log: logger,
    keepFor_s: requestTtl_s,
    afterMany: collectGarbage,
  }).catch(orClose)
  void catalogue.completed.then(letHeapGrow)
  const journey = createJourney({
    store,
    catalogue,
    hub: hub?.hub,
    delivery: hub?.delivery ?? 'download',
    kernels: hub?.contents?.kernels,
    service: settings.hub?.serviceName,
    start: settings.start,
    limits: { maxParamsBytes, maxKeptBytes, requestTtl_s },
    target,
    secretNames: settings.secretNames,
    senders: settings.senders,
    version: packageVersion(),
    log: logger,
    failed: ({ template }, { code, reason, cause }) => {
      const error = cause === undefined ? undefined : loggedError(cause)
      logger.warn({ template, fault: code, reason, error }, 'a notebook was not made')
    },
    unexpected: (error) => logger.error({ error: loggedError(error) }, 'work could not go on'),
  })
  return {
    settings,
    secret,
    sealer,
    store,
    catalogue,
    journey,
    hub,
    tls,
    logger,
    // What uses another part goes first.
    async close() {
      await journey.close()
      await Promise.all([hub?.close(), catalogue.close()])
      await store.close()
    },
  }
}

async function openHub(settings: Settings, options: HubSettings, store: AppParts['store'], logger: Logger) {
  const certificates = await readCertificates(options)
  const { delivery, contents } = await openDelivery(settings, options, store, logger)
  const hub = createHub({ ...options, ...certificates })
  const login = createLogin({ ...options, ...certificates })
  const close = async () => {
    await Promise.all([hub.close(), login.close(), contents?.close()])
  }
  return { hub, login, contents, delivery, close }
}

/** The delivery of a hub's service that DELIVERY names; each of its values has its case here, or this does not compile. */
async function openDelivery(
  { delivery: kind, openWith, trust }: Settings,
  options: HubSettings,
  store: AppParts['store'],
  logger: Logger,
): Promise<{ delivery: Delivery | 'download'; contents?: Contents }> {
  switch (kind) {
    case 'download':
      return { delivery: 'download' }
    case 'contents': {
      const proxy = await readProxy(options)
      if (proxy === undefined)
        throw new Error('the settings let a delivery by contents through without PROXY_URL')
      const contents = createContents(proxy)
      const untrusted = createContentsDelivery({ contents, store, openWith })
      const failed = (error: unknown) =>
        logger.warn({ error: loggedError(error) }, 'a notebook was not trusted')
      const delivery = trust ? trustWhatIsWritten(untrusted, { contents, failed }) : untrusted
      return { delivery, contents }
    }
  }
}

/** The hub's proxy; undefined where nothing is delivered through it. */
export async function readProxy(hub: HubSettings): Promise<TargetOptions | undefined> {
  const { proxyUrl, proxyCa } = hub
  if (proxyUrl === undefined) return undefined
  const certificates = await readCertificates(hub)
  return { ...certificates, ...(proxyCa !== undefined && { ca: await readFile(proxyCa) }), url: proxyUrl }
}

/** Of JupyterHub's `internal_ssl`, where that is on. */
export async function readCertificates({ internalSsl }: HubSettings): Promise<Certificates> {
  if (internalSsl === undefined) return {}
  const { keyFile, certFile, caFile } = internalSsl
  const [key, cert, ca] = await Promise.all([readFile(keyFile), readFile(certFile), readFile(caFile)])
  return { key, cert, ca }
}
