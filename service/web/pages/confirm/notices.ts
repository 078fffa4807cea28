import type { Template } from '../../../catalogue/catalogue.ts'
import type { MissingKernel } from '../../../journey/missing-kernel.ts'
import type { Notices } from '../../../notebook/index.ts'
import { legibleName } from '../../values/display-json.ts'
import type { ShownNotices } from './view.ts'

type Told = Notices['list'][number]

/** Names of secrets that a page has room for. */
const mostWithheld = 100

/**
 * @param kernel that the user's server lacks
 * @param withheld names of secrets that were sent
 * @param contact whom the service names
 */
export function showNotices(
  { list, more }: Notices,
  kernel: MissingKernel | undefined,
  withheld: readonly string[],
  { compiled }: Template,
  contact: string | undefined,
): ShownNotices {
  const { authors } = compiled.card
  const whom = authors.length > 0 ? authors.join(', ') : contact
  return {
    list: [...(kernel === undefined ? [] : [kernelNotice(kernel)]), ...list.map(legible)],
    more,
    withheld: withheld.slice(0, mostWithheld).map(legibleName),
    whom: whom && legibleName(whom),
  }
}

function kernelNotice({ name, language }: MissingKernel): ShownNotices['list'][number] {
  return { kind: 'kernel', name: legibleName(name), language: legibleName(language) }
}

/** What an author has called a cell's names, or a sender its own, may hold anything. */
function legible(notice: Told): Told {
  const name = legibleName(notice.name)
  if (notice.kind === 'overwritten') return { ...notice, name, code: legibleName(notice.code) }
  if (notice.kind === 'unknown') {
    return { ...notice, name, ...(notice.meant !== undefined && { meant: legibleName(notice.meant) }) }
  }
  if (notice.kind === 'derived') return { ...notice, name, from: legibleName(notice.from) }
  if (notice.kind !== 'example') return { ...notice, name }
  return { ...notice, name, ...(notice.example !== undefined && { example: legibleName(notice.example) }) }
}
