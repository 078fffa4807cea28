/**
 * What JupyterHub puts into the environment of a service it manages (JupyterHub 5.5 and 6.1, `services/service.py` and
 * `Spawner.get_env`; documented under *Services*). A service that runs on its own is given the same names by its admin.
 */
import type { SettingsFault } from './fault.ts'

export interface HubSettings {
  /** As the service reaches it, without a slash at its end: `http://127.0.0.1:8081/hub/api`. */
  readonly apiUrl: string
  readonly apiToken: string
  readonly clientId: string
  /** To be sent verbatim: a bare path, or a URL where services have a host of their own. */
  readonly callbackUrl: string
  /** The path of `callbackUrl`, for the route. */
  readonly callbackPath: string
  readonly serviceName: string
  /** `/services/templates/` */
  readonly prefix: string
  /** Where a browser finds the Hub: a URL when the Hub knows its own, else a path (`/hub/`). Ends in a slash. */
  readonly publicHubUrl: string
  /** This service's own public URL, when the Hub knows it. */
  readonly publicUrl: string | undefined
  /** Where browsers meet users' servers and pages: an origin such as `https://hub.example`; '' is the same host. */
  readonly publicHost: string
  /** Set whenever notebooks are delivered by the Contents API. */
  readonly proxyUrl: string | undefined
  readonly proxyCa: string | undefined
  /** Any of these lets a user in. */
  readonly accessScopes: readonly string[]
  /** Files of the Hub's `internal_ssl`. */
  readonly internalSsl:
    | { readonly keyFile: string; readonly certFile: string; readonly caFile: string }
    | undefined
  /** Where the Hub's proxy expects this service. */
  readonly listen: { readonly host: string; readonly port: number; readonly tls: boolean }
}

/** All of these or none. */
export const hubVariables = [
  'JUPYTERHUB_API_URL',
  'JUPYTERHUB_API_TOKEN',
  'JUPYTERHUB_CLIENT_ID',
  'JUPYTERHUB_OAUTH_CALLBACK_URL',
  'JUPYTERHUB_SERVICE_NAME',
  'JUPYTERHUB_SERVICE_PREFIX',
  'JUPYTERHUB_SERVICE_URL',
  'JUPYTERHUB_BASE_URL',
] as const

const sslVariables = [
  'JUPYTERHUB_SSL_KEYFILE',
  'JUPYTERHUB_SSL_CERTFILE',
  'JUPYTERHUB_SSL_CLIENT_CA',
] as const

/** These may be empty, but where one has a value there is a hub. */
const optionalVariables = [
  'JUPYTERHUB_HOST',
  'JUPYTERHUB_OAUTH_ACCESS_SCOPES',
  'JUPYTERHUB_OAUTH_SCOPES',
  'JUPYTERHUB_PUBLIC_URL',
  'JUPYTERHUB_PUBLIC_HUB_URL',
  'JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED',
  'JUPYTERHUB_ACTIVITY_URL',
  ...sslVariables,
] as const

type HubVariable = (typeof hubVariables)[number] | (typeof optionalVariables)[number]

/** undefined: no variable of a hub is set. 'faulty': there is a hub, and `faults` says what is wrong. */
export function readHub(env: NodeJS.ProcessEnv, faults: SettingsFault[]): HubSettings | 'faulty' | undefined {
  const value = (name: HubVariable) => env[name] ?? ''
  const present = [...hubVariables, ...optionalVariables].filter((name) => value(name) !== '')
  if (present.length === 0) return undefined
  const before = faults.length
  for (const name of hubVariables) {
    const wrong = value(name) === '' ? `is missing, although ${present[0]} is set` : checks[name](value(name))
    if (wrong) faults.push({ name, reason: wrong })
  }
  if (faults.length === before && !callbackPath(value).startsWith(value('JUPYTERHUB_SERVICE_PREFIX'))) {
    faults.push({ name: 'JUPYTERHUB_OAUTH_CALLBACK_URL', reason: 'must lie below JUPYTERHUB_SERVICE_PREFIX' })
  }
  const ssl = sslVariables.filter((name) => value(name) !== '')
  if (ssl.length > 0 && ssl.length < sslVariables.length) {
    const missing = sslVariables.filter((name) => value(name) === '')
    for (const name of missing) faults.push({ name, reason: `is missing, although ${ssl[0]} is set` })
  }
  for (const name of ['JUPYTERHUB_HOST', 'JUPYTERHUB_PUBLIC_URL', 'JUPYTERHUB_PUBLIC_HUB_URL'] as const) {
    const wrong = value(name) === '' ? undefined : url(value(name))
    if (wrong) faults.push({ name, reason: wrong })
  }
  const scopes = readScopes(value('JUPYTERHUB_OAUTH_ACCESS_SCOPES') || value('JUPYTERHUB_OAUTH_SCOPES'))
  if (!scopes)
    faults.push({ name: 'JUPYTERHUB_OAUTH_ACCESS_SCOPES', reason: 'must be a JSON list of scopes' })
  return faults.length > before || !scopes ? 'faulty' : hubFrom(value, scopes)
}

const url = (text: string) =>
  /^https?:$/.test(parse(text)?.protocol ?? '') ? undefined : 'must be an http(s) URL'
const path = (text: string) =>
  /^\/([^?#\s\\]*\/)?$/.test(text) && !text.startsWith('//')
    ? undefined
    : 'must be a path with / at both ends'
const anything = () => undefined

const checks: Record<(typeof hubVariables)[number], (text: string) => string | undefined> = {
  JUPYTERHUB_API_URL: url,
  JUPYTERHUB_API_TOKEN: (text) =>
    /^[!-~]+$/.test(text) ? undefined : 'must be printable ASCII without spaces',
  JUPYTERHUB_CLIENT_ID: anything,
  JUPYTERHUB_OAUTH_CALLBACK_URL: (text) =>
    /^\/(?!\/)[^?#\s\\]*$/.test(text) ? undefined : url(text) && 'must be a path or an http(s) URL',
  JUPYTERHUB_SERVICE_NAME: anything,
  JUPYTERHUB_SERVICE_PREFIX: path,
  JUPYTERHUB_SERVICE_URL: (text) =>
    url(text) ?? (parse(text)?.port === '0' ? 'has no port: give the service a url' : undefined),
  JUPYTERHUB_BASE_URL: path,
}

function hubFrom(value: (name: HubVariable) => string, scopes: readonly string[]): HubSettings {
  const service = new URL(value('JUPYTERHUB_SERVICE_URL'))
  const baseUrl = value('JUPYTERHUB_BASE_URL')
  const publicHost = value('JUPYTERHUB_HOST').replace(/\/+$/, '')
  const accessScope = `access:services!service=${value('JUPYTERHUB_SERVICE_NAME')}`
  const [keyFile, certFile, caFile] = sslVariables.map(value) as [string, string, string]
  const tls = service.protocol === 'https:'
  return {
    apiUrl: value('JUPYTERHUB_API_URL').replace(/\/+$/, ''),
    apiToken: value('JUPYTERHUB_API_TOKEN'),
    clientId: value('JUPYTERHUB_CLIENT_ID'),
    callbackUrl: value('JUPYTERHUB_OAUTH_CALLBACK_URL'),
    callbackPath: callbackPath(value),
    serviceName: value('JUPYTERHUB_SERVICE_NAME'),
    prefix: value('JUPYTERHUB_SERVICE_PREFIX'),
    publicHubUrl: withSlash(value('JUPYTERHUB_PUBLIC_HUB_URL') || `${publicHost}${baseUrl}hub/`),
    publicUrl: value('JUPYTERHUB_PUBLIC_URL') ? withSlash(value('JUPYTERHUB_PUBLIC_URL')) : undefined,
    publicHost,
    proxyUrl: undefined,
    proxyCa: undefined,
    accessScopes: scopes.length > 0 ? scopes : [accessScope],
    internalSsl: keyFile ? { keyFile, certFile, caFile } : undefined,
    // URL keeps the brackets of an IPv6 address and drops a default port.
    listen: {
      host: service.hostname.replace(/^\[|\]$/g, ''),
      port: service.port ? Number(service.port) : tls ? 443 : 80,
      tls,
    },
  }
}

function readScopes(text: string): readonly string[] | undefined {
  if (text === '') return []
  try {
    const scopes: unknown = JSON.parse(text)
    return Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string') ? scopes : undefined
  } catch {
    return undefined
  }
}

function callbackPath(value: (name: HubVariable) => string): string {
  const callbackUrl = value('JUPYTERHUB_OAUTH_CALLBACK_URL')
  return callbackUrl.startsWith('/') ? callbackUrl : new URL(callbackUrl).pathname
}

const withSlash = (text: string) => (text.endsWith('/') ? text : `${text}/`)

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
