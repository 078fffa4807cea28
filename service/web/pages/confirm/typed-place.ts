import type { ChosenFile } from '../../../notebook/index.ts'
import type { Sealer } from '../../../seal.ts'

/** A name and a folder that were typed on the confirmation page, on their way through a login: sealed, in the page's address. */
export interface TypedPlace {
  /** The query that stands for them, '' for none. */
  queryOf(id: string, typed: ChosenFile | undefined): string
  /** What `queryOf` made for this request; undefined for anything else. */
  read(id: string, query: unknown): ChosenFile | undefined
}

/** No path is longer on Linux, and proxies take addresses of 8 KB. */
const MOST_BYTES = 4096

export function createTypedPlace(sealer: Sealer): TypedPlace {
  const contextOf = (id: string) => `typed-place:${id}`
  return {
    queryOf(id, typed) {
      if (typed === undefined) return ''
      const bytes = Buffer.from(JSON.stringify([typed.folder, typed.name]))
      if (bytes.length > MOST_BYTES) return ''
      return `?typed=${sealer.sealText(bytes, contextOf(id))}`
    },
    read(id, query) {
      const { typed } = query as { typed?: unknown }
      if (typeof typed !== 'string') return undefined
      const bytes = sealer.openText(typed, contextOf(id))
      if (bytes === undefined) return undefined
      const [folder, name] = JSON.parse(bytes.toString()) as [string, string]
      return { folder, name }
    },
  }
}
