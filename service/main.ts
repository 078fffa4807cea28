#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { buildApp } from './app.ts'
import { openCatalogue } from './catalogue/catalogue.ts'
import { createDelivery } from './delivery/index.ts'
import { createHub } from './hub/hub.ts'
import { createLogin } from './hub/login.ts'
import { createJourney } from './journey/journey.ts'
import { createLogger } from './logger.ts'
import { createSealer } from './seal.ts'
import { loadSecret } from './secret.ts'
import { readSettings, SettingsError } from './settings.ts'
import { openStore } from './store/index.ts'
import { loggedError } from './web/error-log.ts'

/** How often the service looks whether its Hub is still there. */
const PARENT_MS = 1000

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const logger = createLogger(settings.logLevel)
  const secret = await loadSecret(settings)
  const sealer = createSealer(secret)
  const { stateDir, templatesDir, maxKeptBytes, maxParamsBytes, requestTtl_s, target } = settings
  const store = await openStore(settings.store, { maxKeptBytes, sealer, log: logger })
  const catalogue = await openCatalogue({ dir: templatesDir, stateDir, log: logger, keepFor_s: requestTtl_s })
  const hub = settings.hub && createHub(settings.hub)
  const delivery = settings.hub && createDelivery({ settings, hub: settings.hub, store })
  const journey = createJourney({
    store,
    catalogue,
    hub,
    delivery,
    limits: { maxParamsBytes, requestTtl_s },
    target,
    version: packageVersion(),
    failed: ({ template }, { code, reason, cause }) =>
      logger.warn({ template, code, reason, error: cause && loggedError(cause) }, 'a notebook was not made'),
    unexpected: (error) => logger.error({ error: loggedError(error) }, 'work could not go on'),
  })
  const login = settings.hub && createLogin(settings.hub)
  const app = await buildApp({
    settings,
    secret,
    sealer,
    store,
    catalogue,
    journey,
    hub: hub && login && { hub, login },
    logger,
  })

  const close = once(async (why: string) => {
    logger.info({ why }, 'closing')
    await app.close()
    await journey.close()
    await Promise.all([delivery?.close(), hub?.close(), login?.close(), catalogue.close()])
    await store.close()
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close(signal))
  endWithParent(() => close('the Hub has ended'))
  await app.listen({ host: settings.host, port: settings.port })
}

/** A Hub that was killed cannot end its services; one that stayed would keep the port from the next (DESIGN 3). */
function endWithParent(end: () => void): void {
  const parent = process.ppid
  if (parent <= 1) return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, PARENT_MS)
  timer.unref()
}

function once<A>(action: (argument: A) => Promise<void>): (argument: A) => Promise<void> {
  let done: Promise<void> | undefined
  return (argument) => {
    done ??= action(argument)
    return done
  }
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

main().catch((error: unknown) => {
  const known = error instanceof SettingsError
  process.stderr.write(`notebook-templates: ${known ? error.message : JSON.stringify(loggedError(error))}\n`)
  process.exitCode = 1
})
