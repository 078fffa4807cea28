import type { HubUser } from '../../../hub/hub.ts'
import type { Made } from '../../../journey/kept/history.ts'
import { legibleName } from '../../values/display-json.ts'
import type { OwnForm, PageFrame } from '../view-parts.ts'

/** `GET /mine`: what a user has made. */
export interface MineView extends PageFrame {
  /** The newest first. */
  readonly made: readonly ShownMade[]
  /** False: the server that the newest one lies on has to be started first. */
  readonly isRunning: boolean
  /** Clears the list. */
  readonly form: OwnForm
}

export interface ShownMade {
  /** Below the user's home, not encoded. */
  readonly path: string
  readonly href: string
  /** ISO 8601. */
  readonly time: string
  /** Of its template; undefined where a version before did not keep it, as all below. */
  readonly title?: string | undefined
  /** The object that it is about. */
  readonly source?: { readonly name: string; readonly address: string } | undefined
  /** The site that sent the values, where no object is known. */
  readonly sender?: string | undefined
  readonly sentByForm?: boolean | undefined
}

/** @param made of this user */
export function showMine(made: readonly Made[], user: HubUser, form: OwnForm): MineView {
  return {
    user: user.name,
    made: made.map(showMade),
    isRunning: made.slice(0, 1).every(({ server = '' }) => user.servers.get(server)?.state === 'ready'),
    form,
  }
}

function showMade({ path, url, time, title, source, sender, byForm }: Made): ShownMade {
  return {
    path: legibleName(path),
    href: url,
    time,
    title: title && legibleName(title),
    source,
    sender: sender ?? undefined,
    sentByForm: byForm,
  }
}
