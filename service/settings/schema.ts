/** What each `NOTEBOOK_TEMPLATES_…` variable may be (docs/settings.md), by its name without the prefix. */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Ajv, type AnySchemaObject, type Schema } from 'ajv'
import { addressFault } from '../senders.ts'
import { readLogo } from './logo.ts'
import { isOrigin, isProxyUrl, isStore, isTarget } from './values.ts'

const wholeNumber = (minimum: number, maximum: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  description: `must be a whole number from ${minimum} to ${maximum}`,
})
const oneOf = (...values: string[]): Schema => ({
  enum: values,
  description: `must be one of ${values.join(', ')}`,
})

/** `description` is the reason given when a value does not fit. */
export const properties: Record<string, Schema & { description?: string }> = {
  DIR: {},
  DELIVERY: {
    enum: ['contents', 'download'],
    description: 'must be contents or download (volume is not available in this version)',
  },
  PROXY_URL: {
    format: 'proxy-url',
    description: 'must be an http://, https:// or http+unix:// URL without user, query or fragment',
  },
  PROXY_CA: { format: 'file', description: 'must be a file that exists and can be read' },
  TARGET: {
    format: 'target',
    description:
      'must be a folder relative to the home, with / between its parts, without .. or hidden parts, and with no braces but {template_dir}',
  },
  OPEN_WITH: oneOf('auto', 'notebook', 'lab'),
  START: oneOf('api', 'form'),
  TRUST: oneOf('on', 'off'),
  TITLE: { pattern: '^[^\\p{Cc}]{1,60}$', description: 'must be one line of at most 60 characters' },
  CONTACT: {
    pattern: '^[^\\p{Cc}]{1,200}$',
    description: 'must be one line of at most 200 characters, such as a name and an address for mail',
  },
  LOGO: {
    format: 'logo',
    description: 'must be a PNG, JPEG or SVG file of at most 64 KiB that exists and can be read',
  },
  VOLUME: { not: {}, description: 'belongs to volume delivery, which is not available in this version' },
  STORE: {
    format: 'store',
    description: 'must be memory: or lmdb:<path> (redis:// is not available in this version)',
  },
  STATE_DIR: { format: 'folder-to-be', description: 'must be a folder, or a path where one can be made' },
  SECRET: { minLength: 32, description: 'must have at least 32 characters' },
  // Read by senders.ts.
  SENDERS: {},
  ALLOWED_ORIGINS: {
    type: 'array',
    minItems: 1,
    items: { format: 'origin' },
    description: 'must be origins such as https://data.example:8443, separated by commas or spaces',
  },
  SECRET_NAMES: {
    type: 'array',
    minItems: 1,
    items: { maxLength: 200 },
    description: 'must be names of parameters, separated by commas or spaces, or none',
  },
  MAX_PARAMS_BYTES: wholeNumber(1024, 64 * 2 ** 20),
  MAX_KEPT_BYTES: wholeNumber(2 ** 20, 2 ** 40),
  REQUEST_TTL_S: wholeNumber(1, 7 * 24 * 3600),
  HOST: {
    pattern: '^[A-Za-z0-9.:_-]{1,253}$',
    description: 'must be an address or a host name to listen on',
  },
  PORT: wholeNumber(0, 65535),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
}

// The schema that a fault is of tells how to say it.
const ajv = new Ajv({ allErrors: true, strictTypes: false, verbose: true })
ajv.addFormat('folder-to-be', canBeFolder)
ajv.addFormat('file', (path) => isA(path, 'isFile') === true)
ajv.addFormat('logo', (path) => readLogo(path) !== undefined)
ajv.addFormat('target', isTarget)
ajv.addFormat('store', isStore)
ajv.addFormat('origin', isOrigin)
ajv.addFormat('object-address', (text) => addressFault(text) === undefined)
ajv.addFormat('proxy-url', isProxyUrl)
/** A schema of a setting that is JSON; formats as above. */
export const compileSchema = (schema: AnySchemaObject) => ajv.compile(schema)

/** Checks settings that are numbers and lists where their schema says so; `errors` name them by `instancePath`. */
export const validateSettings = ajv.compile({ type: 'object', properties })

/** Why it is no folder of templates. On a hub a start goes on without one: an exit would end the Hub, too. */
export function folderFault(path: string): string | undefined {
  return isA(path, 'isDirectory') ? undefined : 'must be a folder that exists and can be read'
}

/** Whether it is a folder, or the nearest thing above it that exists is one. */
function canBeFolder(path: string): boolean {
  const found = isA(path, 'isDirectory')
  const above = dirname(resolve(path))
  return found ?? (above === resolve(path) || canBeFolder(above))
}

/** undefined: there is nothing at this path. */
function isA(path: string, kind: 'isDirectory' | 'isFile'): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.[kind]()
  } catch {
    return false
  }
}
