import t from 'tap'
import type { HubUser, ServerState } from '../../service/hub/hub.ts'
import type { Confirmation } from '../../service/journey/journey.ts'
import { showServer } from '../../service/web/pages/confirm/servers.ts'
import { createSpawnPage } from '../../service/web/pages/spawn-page.ts'
import { runningServer as up } from '../support/running-server.ts'

const hub = {
  publicHubUrl: '/hub/',
  callbackUrl: '/services/t/oauth_callback',
  prefix: '/services/t/',
} as Parameters<typeof createSpawnPage>[0]

const shown = (
  servers: Record<string, ServerState>,
  settings: object = {},
  { start = 'api' as 'api' | 'form', chosen = undefined as string | undefined, request = {} } = {},
) =>
  showServer(
    {
      request: { id: 'abc', server: '', ...request },
      template: { compiled: { settings } },
    } as unknown as Confirmation,
    { name: 'ada', servers: new Map(Object.entries(servers)) } as unknown as HubUser,
    createSpawnPage(hub, start),
    '/hub/home',
    chosen,
  )

t.test('one server is told of, and nothing is asked', async (t) => {
  t.match(shown({}), { name: '', state: 'stopped', hasForm: false, choice: undefined })
  t.match(shown({}).startHref, /^\/hub\/spawn\/ada\?next=/)
  t.match(shown({}, {}, { start: 'form' }), { state: 'stopped', hasForm: true })
  t.match(shown({ '': up() }, {}, { start: 'form' }), {
    state: 'ready',
    hasForm: undefined,
    startHref: undefined,
  })
  t.match(
    shown({}, { serverOptions: { a: 1 } }, { start: 'form' }),
    { state: 'stopped', hasForm: undefined, startHref: undefined },
    'the template has chosen the options',
  )
})

t.test('the link goes to the server that the notebook is for', async (t) => {
  t.match(shown({}, { server: 'gpu' }, { request: { server: 'gpu' } }).startHref, '/hub/spawn/ada/gpu?')
})

t.test('what a server runs with is one line that shows what it holds', async (t) => {
  const options = { profile: 'small', cores: 4, list: [1], 'a\u202eb': 'c\u202ed', long: 'x'.repeat(500) }
  const { choice } = shown({ '': up(options) }, { serverOptions: { profile: 'gpu' } })
  t.equal(choice?.wanted, 'profile: gpu')
  t.same(
    choice?.list.map(({ isChosen }) => isChosen),
    [false, false],
  )
  const [asItIs] = choice?.list ?? []
  t.match(asItIs?.options, /^profile: small, cores: 4, list: \[1\], a/)
  t.notMatch(asItIs?.options, /\u202e/)
  t.match(asItIs?.options, / …$/)
})

t.test('what was chosen stays chosen on a page that is shown again', async (t) => {
  const settings = { serverOptions: { profile: 'gpu' } }
  const { choice } = shown({ '': up() }, settings, { chosen: 'as-it-is:' })
  t.same(
    choice?.list.filter(({ isChosen }) => isChosen).map(({ key }) => key),
    ['as-it-is:'],
  )
  const unknown = shown({ '': up() }, settings, { chosen: 'as-it-is:nowhere' })
  t.notOk(unknown.choice?.list.some(({ isChosen }) => isChosen))
})
