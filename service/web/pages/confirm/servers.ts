import type { HubUser, UserOptions } from '../../../hub/hub.ts'
import type { Confirmation } from '../../../journey/journey.ts'
import { currentOf, type OfferedServer, offeredServers } from '../../../journey/starts/offered.ts'
import { legibleName } from '../../values/display-json.ts'
import type { SpawnPage } from '../spawn-page.ts'
import type { ShownServer, ShownServerChoice } from './view.ts'

/** As long as one line of the page. */
const longestOptions = 200

/**
 * Where the notebook goes, as the Hub has just described its user: no question of its own.
 *
 * @param chosen key of the server that was chosen on a page that is shown again
 */
export function showServer(
  { request, template }: Pick<Confirmation, 'request' | 'template'>,
  user: HubUser,
  spawnPage: SpawnPage | undefined,
  homeHref: string | undefined,
  chosen: string | undefined,
): ShownServer {
  const { settings } = template.compiled
  const offered = offeredServers(settings, user.servers)
  const current = offered.find(({ key }) => key === chosen) ?? currentOf(offered, request)
  const { server: name, state } = current ?? offered[0]!
  const isAsked = state === 'stopped' && settings.serverOptions === undefined
  const start = isAsked ? spawnPage?.({ id: request.id, server: name }, user.name) : undefined
  return {
    name: legibleName(name),
    state,
    startHref: start?.comesBack ? start.href : undefined,
    hasForm: start?.hasForm,
    choice: offered.length > 1 ? choiceOf(offered, current, settings.serverOptions, homeHref) : undefined,
  }
}

function choiceOf(
  offered: readonly OfferedServer[],
  current: OfferedServer | undefined,
  wanted: UserOptions | undefined,
  homeHref: string | undefined,
): ShownServerChoice {
  return {
    differs: offered.some(({ kind }) => kind === 'other-options'),
    wanted: optionsText(wanted),
    homeHref,
    list: offered.map(({ key, kind, server, state, options }) => ({
      key,
      kind,
      name: legibleName(server),
      state,
      isChosen: key === current?.key,
      options: optionsText(options),
    })),
  }
}

/** `profile: gpu, cores: 4`; '' for none. */
function optionsText(options: UserOptions = {}): string {
  const text = Object.entries(options)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
  return legibleName(text.length > longestOptions ? `${text.slice(0, longestOptions)} …` : text)
}
