import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../../../fault.ts'
import type { Journey } from '../../../journey/journey.ts'
import type { OwnPage } from '../../guards/own-page.ts'
import { rateLimits } from '../../guards/rate-limits.ts'
import type { TwoAnswers } from '../../guards/two-answers.ts'
import { formField } from '../../input/form-body.ts'
import type { Session } from '../../session/session.ts'
import { showMine } from './view.ts'

interface Options {
  readonly journey: Pick<Journey, 'madeBy' | 'clearHistory'>
  readonly ownPage: OwnPage
  readonly twoAnswers: TwoAnswers
  readonly servicePrefix: string
}

const schema = {
  querystring: { type: 'object', properties: { n: { type: 'string', maxLength: 500 } } },
} as const
const routing = { schema, config: { rateLimit: rateLimits.mine } }

/** What its token is for, in the place of a request's id. */
const tokenOf = 'mine'

/** `GET /mine`: what this user has made. `POST /mine/clear`: forgets it. Only on a hub: elsewhere there are no users. */
export default async function mine(app: FastifyInstance, options: Options): Promise<void> {
  const { journey, ownPage, twoAnswers, servicePrefix } = options
  const path = `${servicePrefix}mine`
  const action = `${path}/clear`

  const meet = async (request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> => {
    const session = await app.visitors.user(request, reply, path)
    if (session === null) throw new Fault(30, 'unknown')
    if (session) request.problemContext = { user: session.user.name, againHref: path }
    return session
  }

  app.get('/mine', routing, async (request, reply) => {
    ownPage.checkVisit(request)
    const session = await meet(request, reply)
    if (session === undefined) return reply
    const { user } = session
    if (!(await twoAnswers.isSecond(request, reply, path, user.name))) return reply
    const form = { action, csrf: ownPage.token(tokenOf, user.name) }
    return reply.page('mine', showMine(await journey.madeBy(user), user, form))
  })

  app.post('/mine/clear', routing, async (request, reply) => {
    ownPage.checkForm(request)
    const session = await meet(request, reply)
    if (session === undefined) return reply
    ownPage.checkToken(tokenOf, session.user.name, formField(request, 'csrf'))
    await journey.clearHistory(session.user)
    return reply.redirect(path, 303)
  })
}
