#!/usr/bin/env node
import './start-heap.ts'

import { buildApp } from './app.ts'
import { loggedError } from './error-log.ts'
import { createLogger } from './logger.ts'
import { openParts } from './parts.ts'
import { readSettings, SettingsError } from './settings.ts'

/** How often the service looks whether its Hub is still there. */
const PARENT_MS = 1000

async function main(): Promise<void> {
  // Asked first: while the parts are opened, the Hub may die already.
  const parent = process.ppid
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
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, close)
    if (settings.hub !== undefined) endWithParent(parent, () => close('the Hub has ended'))
    await app.listen({ host: settings.host, port: settings.port }).catch((cause) => {
      // With a Hub it is the Hub that chooses.
      if (cause.code !== 'EADDRINUSE' || settings.hub !== undefined) throw cause
      const reason = `${settings.port} is taken by another program: choose another port`
      throw new SettingsError([{ name: 'NOTEBOOK_TEMPLATES_PORT', reason }], { cause })
    })
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

/** A Hub that was killed cannot end its services; one that stayed would keep the port from the next (DESIGN 3). */
function endWithParent(parent: number, end: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, PARENT_MS)
  timer.unref()
}

function fail(error: unknown): never {
  const reason = error instanceof SettingsError ? error.message : JSON.stringify(loggedError(error))
  process.stderr.write(`notebook-templates: ${reason}\n`)
  process.exit(1)
}

main().catch(fail)
