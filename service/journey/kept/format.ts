/**
 * How records are kept in the store: as JSON with the number of their format, so that an upgrade or a rollback never
 * reads one as something else. An older format is read for one release; what a newer version has kept is refused, and
 * left as it is for when that version is back.
 */
import type { StoreLog } from '../../store/store.ts'

/** What this version writes. It goes up by one with each change that the version before would misread. */
const CURRENT = 1
/** What was kept before there were numbers, by commit a1efdcf and before. The next release need not read it. */
const UNNUMBERED = 0

const reasons = {
  newer: 'a record was kept by a newer version of this service: it is not read, and stays for that version',
  older: 'a record was kept by a version that is too old for this one: it is not read',
  damaged: 'a record in the store is damaged: it is not read',
} as const

export interface RecordFormat {
  /** @param members everything but `format` */
  write(members: object): Buffer
  /**
   * The members that were written; a list that was kept before there were numbers is the member `entries`.
   *
   * @param record what it is, for the log
   * @returns undefined: it cannot be read, and the log says why, once for each kind and reason
   */
  read<T extends object>(record: string, bytes: Uint8Array): T | undefined
}

export function createFormat(log: StoreLog = { warn() {} }): RecordFormat {
  const told = new Set<string>()
  const refuse = (record: string, why: keyof typeof reasons, format?: unknown) => {
    // A page that is reloaded would fill the log.
    if (!told.has(record + why)) log.warn({ record, format }, reasons[why])
    told.add(record + why)
    return undefined
  }

  return {
    write: (members) => Buffer.from(JSON.stringify({ format: CURRENT, ...members })),

    read<T extends object>(record: string, bytes: Uint8Array): T | undefined {
      const value = parse(bytes)
      if (typeof value !== 'object' || value === null) return refuse(record, 'damaged')
      if (Array.isArray(value)) return { entries: value } as unknown as T
      const { format = UNNUMBERED, ...members } = value as { format?: unknown }
      if (!Number.isSafeInteger(format)) return refuse(record, 'damaged')
      if (Number(format) > CURRENT) return refuse(record, 'newer', format)
      if (Number(format) < UNNUMBERED) return refuse(record, 'older', format)
      return members as T
    },
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}
