/**
 * Environment variables → checked `Settings`, read once at start (docs/settings.md). All faults are found in one go,
 * each with the name of its variable and never with its value: a value may be a secret in the wrong place.
 */

import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findAlike } from '../alike.ts'
import { type SecretNames, secretNames } from '../notebook/index.ts'
import type { Sender } from '../senders.ts'
import { SettingsError, type SettingsFault } from './fault.ts'
import { type HubSettings, hubVariables, readHub } from './hub.ts'
import { folderFault, properties, validateSettings } from './schema.ts'
import { readSenders, sendersOf } from './senders.ts'
import { toTarget } from './values.ts'

export type { HubSettings } from './hub.ts'

/** What the service was told; units are in the names, paths are absolute. */
export interface Settings {
  readonly templatesDir: string
  readonly stateDir: string
  /** `memory:` or `lmdb:<absolute path>`. */
  readonly store: string
  /** As given; without one `loadSecret` makes one in the state folder. */
  readonly secret: string | undefined
  readonly delivery: 'contents' | 'download'
  /** Folder in the user's home, `/` between its parts, '' for the home itself; may hold `{template_dir}`. */
  readonly target: string
  /** What the service is called on its pages; undefined: as in the language of the page. */
  readonly title: string | undefined
  /** Whom users ask, as they are told of it. */
  readonly contact: string | undefined
  /** File of a logo in the place of ours. */
  readonly logo: string | undefined
  readonly openWith: 'auto' | 'notebook' | 'lab'
  /** Whether users' servers are asked to trust what was written. */
  readonly trust: boolean
  /** How users' servers are started: by the Hub's API, or on its own page, which asks for their options. */
  readonly start: 'api' | 'form'
  /** Sites whose buttons are accepted, and what is known of them; undefined: all. */
  readonly senders: readonly Sender[] | undefined
  /** Names of parameters that are credentials in every template without a list of its own. */
  readonly secretNames: SecretNames
  readonly maxParamsBytes: number
  readonly maxKeptBytes: number
  readonly requestTtl_s: number
  readonly host: string
  readonly port: number
  readonly logLevel: string
  /** Path below which everything is, with `/` at both ends. */
  readonly prefix: string
  /** undefined: there is no hub, notebooks are downloaded. */
  readonly hub: HubSettings | undefined
}

const own = 'NOTEBOOK_TEMPLATES_'
const shippedTemplates = fileURLToPath(new URL('../../../templates', import.meta.url))

/**
 * Reads `NOTEBOOK_TEMPLATES_*` and the Hub's `JUPYTERHUB_*` (as JupyterHub's services documentation names them).
 *
 * @throws {SettingsError} with every fault
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const faults: SettingsFault[] = []
  const given = readOwn(env, faults)
  const hub = readHub(env, faults)
  const senders = readOwnSenders(given, faults)
  checkTogether(given, hub !== undefined, faults)
  if (faults.length > 0) throw new SettingsError(faults)
  return settingsFrom(given, senders, hub && hub !== 'faulty' ? hub : undefined, env)
}

type Given = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Our variables without their prefix, those with a type of their own converted, and what is wrong with each. */
function readOwn(env: NodeJS.ProcessEnv, faults: SettingsFault[]): Given {
  const given: Record<string, string | number | string[]> = {}
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(own) || value === undefined) continue
    const short = name.slice(own.length)
    const property = Object.hasOwn(properties, short) ? (properties[short] as { type?: string }) : undefined
    if (!property) {
      const meant = findAlike(short, Object.keys(properties))
      faults.push({ name, reason: `is not a setting${meant ? ` (did you mean ${own}${meant}?)` : ''}` })
    } else if (value.trim() === '') faults.push({ name, reason: 'is empty: set it or remove it' })
    else if (property.type === 'array') given[short] = value.split(/[\s,]+/).filter((item) => item !== '')
    else if (property.type === 'integer' && /^[0-9]{1,15}$/.test(value)) given[short] = Number(value)
    else given[short] = value
  }
  if (!validateSettings(given)) {
    const names = new Set(
      (validateSettings.errors ?? []).map((error) => error.instancePath.split('/')[1] ?? ''),
    )
    for (const name of names)
      faults.push({ name: own + name, reason: properties[name]?.description ?? 'is wrong' })
  }
  return given
}

/** SENDERS, where it is set. */
function readOwnSenders({ SENDERS }: Given, faults: SettingsFault[]): readonly Sender[] | undefined {
  if (SENDERS === undefined) return undefined
  return readSenders(String(SENDERS), (reason) => faults.push({ name: `${own}SENDERS`, reason }))
}

/** Whether notebooks go to users' servers by the Contents API: on a hub, unless DELIVERY names another way. */
function deliversByContents(given: Given, hub: boolean): boolean {
  return hub && given.DELIVERY !== 'download'
}

/** What is wrong only in combination. */
function checkTogether(given: Given, hub: boolean, faults: SettingsFault[]): void {
  const fault = (name: string, reason: string) => faults.push({ name: own + name, reason })
  const needsHub = `requires a hub, but no ${hubVariables[0]} is set`
  const noFolder = hub || given.DIR === undefined ? undefined : folderFault(String(given.DIR))
  if (noFolder) fault('DIR', noFolder)
  if (!hub && given.DELIVERY === 'contents') fault('DELIVERY', `contents ${needsHub}`)
  if (!hub && given.PROXY_URL !== undefined) fault('PROXY_URL', needsHub)
  const byContents = deliversByContents(given, hub)
  if (byContents && given.PROXY_URL === undefined) {
    fault(
      'PROXY_URL',
      "is missing: with a hub it must be the URL of the hub's proxy as this service reaches it",
    )
  }
  if (given.SENDERS !== undefined && given.ALLOWED_ORIGINS !== undefined)
    fault('SENDERS', 'and ALLOWED_ORIGINS say the same: set one of them')
  if (given.PROXY_CA !== undefined && given.PROXY_URL === undefined) fault('PROXY_CA', 'requires PROXY_URL')
  if (given.TRUST === 'on' && !byContents)
    fault('TRUST', 'on requires contents delivery: what is downloaded is trusted by nobody')
  if (given.START === 'form' && !byContents)
    fault('START', 'form requires contents delivery: what is downloaded needs no server')
  const { MAX_PARAMS_BYTES: each = defaults.maxParamsBytes, MAX_KEPT_BYTES: all = defaults.maxKeptBytes } =
    given
  if (typeof each === 'number' && typeof all === 'number' && all < 2 * each) {
    fault('MAX_KEPT_BYTES', 'must be at least twice MAX_PARAMS_BYTES, or no large request could be kept')
  }
}

const defaults = { maxParamsBytes: 4 * 2 ** 20, maxKeptBytes: 2 ** 30, requestTtl_s: 3600, port: 8888 }

function settingsFrom(
  given: Given,
  listed: readonly Sender[] | undefined,
  hub: HubSettings | undefined,
  env: NodeJS.ProcessEnv,
): Settings {
  const text = (name: string) => given[name] as string | undefined
  const number = (name: string, otherwise: number) => (given[name] as number | undefined) ?? otherwise
  const stateDir = resolve(text('STATE_DIR') ?? defaultStateDir(env))
  const store = text('STORE') ?? `lmdb:${join(stateDir, 'store')}`
  const proxyCa = text('PROXY_CA')
  const logo = text('LOGO')
  const origins = given.ALLOWED_ORIGINS as readonly string[] | undefined
  return {
    templatesDir: resolve(text('DIR') ?? shippedTemplates),
    stateDir,
    store: store === 'memory:' ? store : `lmdb:${resolve(store.slice('lmdb:'.length))}`,
    secret: text('SECRET'),
    delivery: (text('DELIVERY') ?? (hub ? 'contents' : 'download')) as Settings['delivery'],
    target: toTarget(text('TARGET') ?? '{template_dir}'),
    title: text('TITLE')?.trim(),
    contact: text('CONTACT')?.trim(),
    logo: logo && resolve(logo),
    openWith: (text('OPEN_WITH') ?? 'auto') as Settings['openWith'],
    trust: text('TRUST') === 'on',
    start: (text('START') ?? 'api') as Settings['start'],
    senders: listed ?? (origins && sendersOf(origins)),
    secretNames: secretNames(given.SECRET_NAMES as readonly string[] | undefined),
    maxParamsBytes: number('MAX_PARAMS_BYTES', defaults.maxParamsBytes),
    maxKeptBytes: number('MAX_KEPT_BYTES', defaults.maxKeptBytes),
    requestTtl_s: number('REQUEST_TTL_S', defaults.requestTtl_s),
    host: hub?.listen.host ?? text('HOST') ?? '127.0.0.1',
    port: hub?.listen.port ?? number('PORT', defaults.port),
    logLevel: text('LOG_LEVEL') ?? 'info',
    prefix: hub?.prefix ?? '/',
    hub: hub && { ...hub, proxyUrl: text('PROXY_URL'), proxyCa: proxyCa && resolve(proxyCa) },
  }
}

/** The XDG Base Directory Specification's place for state; it needs no rights and survives a restart. */
function defaultStateDir(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'), 'notebook-templates')
}
