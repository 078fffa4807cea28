import type { Catalogue } from '../catalogue/catalogue.ts'
import { Fault } from '../fault.ts'
import type { Notebooks } from './notebook.ts'
import { newId, type Records } from './records.ts'
import type { KeptRequest } from './request.ts'

/** What a click brings. */
export interface Click {
  /** Path of the template as decoded from the URL. */
  readonly template: string
  /** JSON text of the parameters, `{}` when none were sent. */
  readonly parameters: string
  readonly languages: readonly string[]
  readonly sender: string | null
  /** True when the form on the template's page sent it. */
  readonly byForm?: boolean
}

export interface KeepLimits {
  readonly maxParamsBytes: number
  readonly requestTtl_s: number
}

/**
 * Keeps a click until its user has logged in and decided. Everything that can be wrong with it is found now, while
 * the user still sees the page they clicked on: fault 13, 15, 16, 20 or 21.
 */
export async function keepClick(
  click: Click,
  { records, notebooks, catalogue }: { records: Records; notebooks: Notebooks; catalogue: Catalogue },
  limits: KeepLimits,
): Promise<KeptRequest> {
  const template = await catalogue.find(click.template)
  if (template === undefined) throw new Fault(13, 'unknown')
  const size = Buffer.byteLength(click.parameters)
  if (size > limits.maxParamsBytes) throw new Fault(21, 'parameters', { size, limit: limits.maxParamsBytes })

  const now = Date.now()
  const request: KeptRequest = {
    id: newId(),
    template: template.path,
    sha256: template.sha256,
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
  await notebooks.plan(request, click.parameters).catch((error) => {
    // What a limited template takes is told to its users alone: they hear of it where they confirm.
    if (catalogue.allows(template, []) || !isAboutDeclared(error)) throw error
  })
  await records.create(request, click.parameters)
  return request
}

function isAboutDeclared(error: unknown): boolean {
  return error instanceof Fault && error.reason === 'not-as-declared'
}
