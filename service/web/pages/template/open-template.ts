import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Catalogue, Template } from '../../../catalogue/catalogue.ts'
import { Fault } from '../../../fault.ts'
import type { Age, Session } from '../../session/session.ts'
import type { TemplateRoute } from './address.ts'

/** A template, and who may see it; without a hub `null`. */
export interface OpenTemplate {
  readonly template: Template
  readonly session: Session | null
}

/**
 * The template that an address names, for those who may use it: what is not there and what is not theirs look alike.
 *
 * @param returnTo where a login comes back to; without it, fault 27 for who is not logged in
 * @returns `undefined` when the reply, already sent, is the way to the login
 * @throws Fault 13
 */
export async function openTemplate(
  { visitors }: FastifyInstance,
  catalogue: Catalogue,
  request: FastifyRequest<TemplateRoute>,
  reply: FastifyReply,
  returnTo: (template: Template) => string | undefined,
  age?: Age,
): Promise<OpenTemplate | undefined> {
  const template = await catalogue.find(request.params['*'])
  if (template === undefined) throw new Fault(13, 'unknown')
  const session = await visitors.user(request, reply, returnTo(template), age)
  if (session === undefined) return undefined
  if (!catalogue.allows(template, session?.user.groups ?? [])) throw new Fault(13, 'unknown')
  return { template, session }
}
