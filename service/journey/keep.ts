import { type Catalogue, pinOf, type Template } from '../catalogue/catalogue.ts'
import { Fault } from '../fault.ts'
import { type Parameters, parametersFromFields, readParameters, writeParameters } from '../notebook/index.ts'
import { type Sender, sourceOf } from '../senders.ts'
import type { Client } from '../shares.ts'
import { newId } from './kept/records.ts'
import type { ByteLimits, NewRequest, Waiting } from './kept/waiting.ts'
import { type Notebooks, pathOf, type SentParameters } from './notebook.ts'
import type { KeptRequest } from './request.ts'

/** What a click brings. */
export interface Click {
  /** Path of the template as decoded from the URL. */
  readonly template: string
  /** JSON text of the parameters, `{}` when none were sent; or plain form fields, which the template may know by name. */
  readonly parameters: string | readonly (readonly [name: string, value: string])[]
  /** What it says, from whoever has read it already. */
  readonly read?: Parameters | undefined
  readonly languages: readonly string[]
  readonly sender: string | null
  /** Who sent it: what a client may keep is limited. */
  readonly client: Client
  /** True when the form on the template's page sent it. */
  readonly byForm?: boolean
  /** True when a button of the sender posted it: only then it is known where it came from. */
  readonly byButton?: boolean
}

export interface KeepLimits extends ByteLimits {
  readonly requestTtl_s: number
}

interface Parts {
  readonly notebooks: Notebooks
  readonly catalogue: Catalogue
  readonly senders: readonly Sender[]
}

/**
 * Keeps a click until its user has logged in and decided, without the secrets in it. Everything that can be wrong with it is found now, while
 * the user still sees the page they clicked on: fault 13, 15, 16, 20, 21 or 25.
 */
export async function keepClick(
  click: Click,
  parts: Parts & { readonly waiting: Waiting },
  limits: KeepLimits,
): Promise<KeptRequest> {
  const template = await parts.catalogue.find(click.template)
  if (template === undefined) throw new Fault(13, 'unknown')
  const { text, read } = textOfClick(click, template)
  const size = Buffer.byteLength(text)
  if (size > limits.maxParamsBytes) throw new Fault(21, 'parameters', { size, limit: limits.maxParamsBytes })
  return parts.waiting.keep(click.client, size, async () => {
    const sent = { text, parameters: read ?? readParameters(text) }
    return prepare(click, sent, template, parts, limits)
  })
}

/** Fields become JSON text, which counts as if it had been sent; JSON text is read once there is room for it. */
function textOfClick(
  { parameters, read }: Click,
  { compiled }: Template,
): { text: string; read?: Parameters | undefined } {
  if (typeof parameters === 'string') return { text: parameters, read }
  const named = parametersFromFields(parameters, compiled)
  return { text: writeParameters(named), read: named }
}

function prepare(
  click: Click,
  sent: SentParameters,
  template: Template,
  { notebooks, catalogue, senders }: Parts,
  limits: KeepLimits,
): NewRequest {
  const now = Date.now()
  const request: KeptRequest = {
    id: newId(),
    template: template.path,
    sha256: pinOf(template),
    languages: click.languages,
    sender: click.sender,
    ...(click.byForm && { byForm: true }),
    received: new Date(now).toISOString(),
    expires: now + limits.requestTtl_s * 1000,
    state: 'kept',
    owner: null,
    server: template.compiled.settings.server ?? '',
    confirmed: null,
    steps: [],
  }
  try {
    const planned = notebooks.plan(request, template, sent)
    const file = pathOf(planned.wanted)
    const whole = { ...request, ...withSource(click, senders, planned.parameters), file }
    return { request: withoutSecrets(whole, planned.withheld), parameters: planned.text }
  } catch (error) {
    // What a limited template takes is told to its users alone: they hear of it where they confirm.
    if (catalogue.allows(template, []) || !isAboutDeclared(error)) throw error
    const { text, withheld, parameters } = notebooks.withhold(template, sent)
    const whole = { ...request, ...withSource(click, senders, parameters) }
    return { request: withoutSecrets(whole, withheld, error), parameters: text }
  }
}

/** @param parameters without secrets: none may come into an address */
function withSource({ sender, byButton }: Click, senders: readonly Sender[], parameters: Parameters) {
  const site = byButton ? senders.find(({ origin }) => origin === sender) : undefined
  const source = site && sourceOf(site, parameters)
  return source && { source }
}

function isAboutDeclared(error: unknown): error is Fault {
  return error instanceof Fault && error.reason === 'not-as-declared'
}

/** What the schema found is kept where it cannot be found again, because some of what it saw is gone. */
function withoutSecrets(request: KeptRequest, withheld: readonly string[], refused?: Fault): KeptRequest {
  if (withheld.length === 0) return request
  if (refused === undefined) return { ...request, withheld }
  const { code, reason, values, details } = refused
  return { ...request, withheld, refused: { code, reason, values, details } }
}
