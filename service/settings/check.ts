/** What `main.js --check-settings` does: `register` of hub-config runs it before the Hub starts the service. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { SettingsError, type SettingsFault } from './fault.ts'
import { folderFault } from './schema.ts'
import { readSettings, type Settings } from './settings.ts'

/** Writes every fault to stderr, one line each, as a failed start would. @returns the exit code: 0 fine, 1 faults */
export async function checkSettings(env: NodeJS.ProcessEnv): Promise<0 | 1> {
  try {
    const settings = readSettings(env)
    const reason = folderFault(settings.templatesDir)
    const folder = reason && { name: 'NOTEBOOK_TEMPLATES_DIR', reason }
    const faults = [folder, await portFault(settings)].flatMap((fault) => fault || [])
    if (faults.length > 0) throw new SettingsError(faults)
    return 0
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    process.stderr.write(`notebook-templates: ${error.message}\n`)
    return 1
  }
}

/** Tries to listen where the service will: only that knows of other programs, rights and addresses. */
async function portFault({ host, port, hub }: Settings): Promise<SettingsFault | undefined> {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${code})`
    const name = hub === undefined ? 'NOTEBOOK_TEMPLATES_PORT' : 'JUPYTERHUB_SERVICE_URL'
    return { name, reason: `names ${port}, which ${why}: choose another port` }
  } finally {
    server.close()
  }
}
