import { Fault, type FaultDetail } from '../../fault.ts'
import { isAscii } from '../languages/language.ts'
import { acceptNames } from '../schema/accept-names.ts'
import { schemaOf } from '../schema/known.ts'
import { secretMarks } from '../schema/secret.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { settleParameters } from './settle.ts'
import { shorten } from './short-name.ts'
import type { Parameters } from './value.ts'

/** Names that are used for credentials alone (DESIGN 2.2), in lower case and with `_` for `-`. */
const usual = [
  'jwt',
  'auth_token',
  'access_token',
  'refresh_token',
  'id_token',
  'api_key',
  'apikey',
  'password',
  'passwd',
  'client_secret',
  'authorization',
  'bearer',
]

/** Names that are credentials in every template without a list of its own, as `foldName` gives them. */
export type SecretNames = ReadonlySet<string>

/**
 * The usual names of credentials, and what the setting SECRET_NAMES adds to them.
 *
 * @param setting names; the word `none` leaves out the usual ones
 */
export function secretNames(setting: readonly string[] = []): SecretNames {
  const added = setting.filter((name) => name !== 'none')
  return new Set([...(added.length === setting.length ? usual : []), ...added].map(foldName))
}

/** `Auth-Token` → `auth_token` */
function foldName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}

/** What a template says of secrets. */
export interface SaysSecrets {
  readonly schema: string | undefined
  readonly settings: { readonly secrets?: readonly string[] | undefined }
}

/**
 * Which top-level parameters of a template are secret: those that its schema marks, and those of its own list
 * `secrets`; where it has no list, not even an empty one, those that are credentials by name.
 */
export function secretsOf(
  { schema, settings }: SaysSecrets,
  general: SecretNames,
): (name: string) => boolean {
  const own = settings.secrets
  // Of a hundred thousand names nearly all are no secret by their length alone, which lower case leaves alone in ASCII.
  const lengths = new Set(Array.from(general, ({ length }) => length))
  const listed = own === undefined ? undefined : new Set(own)
  const isListed = (name: string) => {
    if (listed !== undefined) return listed.has(name)
    return (lengths.has(name.length) || !isAscii(name)) && general.has(foldName(name))
  }
  if (schema === undefined) return isListed
  const isMarked = secretMarks(schemaOf(schema).nodes)
  return (name) => isListed(name) || isMarked(name)
}

/** Parameters without the secret ones, and the names of these. */
export interface Withheld {
  readonly parameters: Parameters
  readonly withheld: readonly string[]
}

/** Nothing of a secret but its name is in what this returns. */
export function withholdSecrets(
  parameters: Parameters,
  template: CompiledTemplate,
  general: SecretNames,
): Withheld {
  const isSecret = secretsOf(template, general)
  const withheld: string[] = []
  for (const [name] of parameters) if (isSecret(name)) withheld.push(name)
  if (withheld.length === 0) return { parameters, withheld }
  const names = new Set(withheld)
  return { parameters: parameters.filter(([name]) => !names.has(name)), withheld }
}

/**
 * The look of the template's schema at all that was sent, secrets included: `makeCell` sees only what is left of it.
 *
 * @param linkNames as `makeCell`
 * @throws what `settleParameters` throws, without anything of the value of a secret
 */
export function checkSecrets(
  sent: Parameters,
  template: CompiledTemplate,
  languages: readonly string[],
  withheld: readonly string[],
  linkNames?: ReadonlySet<string>,
): void {
  if (withheld.length === 0) return
  try {
    settleParameters(sent, acceptNames(template, linkNames), languages)
  } catch (error) {
    throw withoutSecrets(error, withheld)
  }
}

/**
 * What the schema finds wrong with a secret, without anything of its value: the place within it may be a name that was sent,
 * and the choices may be the only right value.
 */
function withoutSecrets(error: unknown, withheld: readonly string[]): unknown {
  if (!(error instanceof Fault) || error.details.length === 0 || withheld.length === 0) return error
  const names = new Set(withheld.map(shorten))
  const details = error.details.map((detail) =>
    names.has(String(detail.values.name)) ? blank(detail) : detail,
  )
  return new Fault(error.code, error.reason, error.values, { details })
}

const telling = ['choice', 'pattern']

function blank({ reason, values }: FaultDetail): FaultDetail {
  const { name = '', place, choices: _, pattern: __, ...wanted } = values
  const isTelling = telling.includes(reason) || place !== name
  return { reason: isTelling ? 'other' : reason, values: { ...wanted, name, place: name } }
}
