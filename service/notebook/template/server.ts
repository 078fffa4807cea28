import { TemplateFault } from '../template-fault.ts'
import { cleanText } from './language-sources.ts'

/** What a server is started with: the spawner's `user_options`, a JSON object. */
export type ServerOptions = Readonly<Record<string, unknown>>

/** Which of the user's servers the notebook is for. */
export interface WantedByTemplate {
  /** '' for the default one; undefined: nothing is said. */
  readonly server: string | undefined
  /** undefined: those that the Hub or its user chooses. */
  readonly serverOptions: ServerOptions | undefined
}

/** As JSON text. They go to the Hub with each start. */
const longestOptions = 4000
/** JupyterHub 6 takes a body with one of these for something else (`UserServerAPIHandler.get_server_json_body`). */
const notOptions = ['display_name', 'user_options']

/**
 * Reads `metadata.notebook_templates.server`: a name, or `{name?, options?}`.
 *
 * @throws TemplateFault
 */
export function readWanted(value: unknown): WantedByTemplate {
  if (value === undefined || value === null) return { server: undefined, serverOptions: undefined }
  if (typeof value === 'string') return { server: cleanText(value), serverOptions: undefined }
  if (!isObject(value) || Object.keys(value).some((key) => key !== 'name' && key !== 'options'))
    throw fault('is neither a text nor an object of name and options')
  const { name, options } = value
  if (name !== undefined && name !== null && typeof name !== 'string') throw fault('.name is not a text')
  return {
    server: typeof name === 'string' ? cleanText(name) : undefined,
    serverOptions: readOptions(options),
  }
}

function readOptions(options: unknown): ServerOptions | undefined {
  if (options === undefined || options === null) return undefined
  if (!isObject(options)) throw fault('.options is not an object')
  if (JSON.stringify(options).length > longestOptions)
    throw fault(`.options is longer than ${longestOptions} characters`)
  const reserved = notOptions.find((name) => Object.hasOwn(options, name))
  if (reserved) throw fault(`.options has ${reserved}, which the Hub does not take for an option`)
  return Object.keys(options).length === 0 ? undefined : options
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fault(what: string): TemplateFault {
  return new TemplateFault(`metadata.notebook_templates.server${what.startsWith('.') ? '' : ' '}${what}`)
}
