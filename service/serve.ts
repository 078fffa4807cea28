import { buildApp } from './app.ts'
import { loggedError } from './error-log.ts'
import { checkProxy } from './hub/proxy-check.ts'
import { hubGone } from './hub/still-there.ts'
import { createLogger } from './logger.ts'
import { openParts, type Parts, readCertificates, readProxy } from './parts.ts'
import { SettingsError } from './settings/fault.ts'
import { type HubSettings, readSettings } from './settings/settings.ts'
import { StoreFolderError } from './store/lmdb-folder.ts'
import { markHeader, markOf } from './web/health.ts'

/** How often the service looks whether its Hub is still there. */
const PARENT_MS = 1000
/** A Hub that has died is started again within seconds, and needs the port of this service. */
const CLOSED_MS = 2000

const WRONG_PROXY =
  'No notebook can be written: not this service but something else, or nobody, answers at the address of the proxy. ' +
  'Correct NOTEBOOK_TEMPLATES_PROXY_URL (proxy_url= of register): it must lead to the proxy of this hub'

/** Serves until it is told to end; a start that fails ends the process with 1 and says why. @param parent who started it */
export function serve(parent: number): Promise<void> {
  return start(parent).catch(fail)
}

async function start(parent: number): Promise<void> {
  const settings = readSettings(process.env)
  const logger = createLogger(settings.logLevel)
  const parts = await openParts(settings, logger)
  try {
    const app = await buildApp(parts)
    let closing = false
    const close = (why: string) => {
      if (closing) return
      closing = true
      logger.info({ why }, 'closing')
      // No request is cut off: the app waits for those under way, the journey for what is being written.
      app
        .close()
        .then(() => parts.close())
        .catch(fail)
    }
    const closed = new AbortController()
    app.addHook('onClose', async () => closed.abort())
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, close)
    if (settings.hub !== undefined) endWithHub(parent, settings.hub, close)
    await app.listen({ host: settings.host, port: settings.port }).catch((cause) => {
      // With a Hub it is the Hub that chooses.
      if (cause.code !== 'EADDRINUSE' || settings.hub !== undefined) throw cause
      const reason = `${settings.port} is in use by another program: choose another port`
      throw new SettingsError([{ name: 'NOTEBOOK_TEMPLATES_PORT', reason }], { cause })
    })
    if (settings.hub !== undefined && settings.delivery === 'contents') {
      lookForProxy(settings.hub, parts, closed.signal).catch((error) =>
        logger.error({ error: loggedError(error) }),
      )
    }
    if (settings.hub === undefined && process.stderr.isTTY) greet(app.listeningOrigin)
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** For somebody at a terminal, who perhaps only wanted to see what the command does. */
function greet(origin: string): void {
  process.stderr.write(
    `\nThe templates are at ${origin}/ (Ctrl-C ends this).\nWhat else the command does: notebook-templates --help\n\n`,
  )
}

/**
 * A Hub that was killed cannot end its services; one that stayed would keep the port from the next (DESIGN 3). That the
 * parent is gone is only a sign: a service of its own may have been started from a shell. So the Hub is asked.
 */
function endWithHub(parent: number, hub: HubSettings, end: (why: string) => void): void {
  const timer = setInterval(async () => {
    if (parent !== 1 && process.ppid === parent) return
    clearInterval(timer)
    const certificates = await readCertificates(hub).catch(() => ({}))
    const watch = parent === 1 ? {} : { closed_ms: CLOSED_MS }
    end(await hubGone({ url: hub.apiUrl, ...certificates }, hub.apiToken, watch))
  }, PARENT_MS)
  timer.unref()
}

/** In the background: the proxy may come later, and what is wrong with its address must not end the service, or its Hub. */
async function lookForProxy(hub: HubSettings, { logger, sealer }: Parts, signal: AbortSignal): Promise<void> {
  const proxy = await readProxy(hub)
  if (proxy === undefined) return
  // A full URL where services have a host of their own, else a path.
  const host = URL.canParse(hub.callbackUrl) ? new URL(hub.callbackUrl).host : undefined
  const own = { path: `${hub.prefix}health`, host, header: markHeader, mark: markOf(sealer) }
  await checkProxy(
    proxy,
    own,
    (instead) => {
      if (instead === undefined)
        logger.info({ proxy: proxy.url }, 'this service now answers behind the proxy')
      else logger.warn({ proxy: proxy.url, instead }, WRONG_PROXY)
    },
    signal,
  )
}

/** What an admin can do something about is said in a sentence. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof SettingsError || error instanceof StoreFolderError) return error.message
  return error instanceof Error && error.cause !== undefined ? sentenceOf(error.cause) : undefined
}

function fail(error: unknown): never {
  const reason = sentenceOf(error) ?? JSON.stringify(loggedError(error))
  process.stderr.write(`notebook-templates: ${reason}\n`)
  process.exit(1)
}
