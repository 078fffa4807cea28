/** A time as the reader's country writes it, and as ISO 8601 for `<time datetime>`. */
export interface ShownTime {
  readonly brief: string
  readonly time: string
}

const moment = /^(?<day>\d{4}-\d\d-\d\d)[T ](?<clock>\d\d:\d\d)(?<seconds>:\d\d)?(?<zone>Z|[+-]\d\d:?\d\d)?$/i

/**
 * `2024-05-06 07:08:09` → `May 6, 2024 at 7:08:09 AM`, with its zone where it has one. undefined: no such time, or a more exact
 * one than we would say.
 *
 * @param zone that it is in where it does not say so itself
 */
export function readMoment(sent: string, locale: string, zone?: 'UTC'): ShownTime | undefined {
  const { day = '', clock = '', seconds, zone: own = '' } = moment.exec(sent)?.groups ?? {}
  const wall = `${day}T${clock}${seconds ?? ':00'}`
  const date = dateOf(`${wall}.000Z`)
  if (date === undefined) return undefined
  const timeStyle = seconds === undefined ? 'short' : 'medium'
  const written = date.toLocaleString(locale, { dateStyle: 'long', timeStyle, timeZone: 'UTC' })
  const name = own === '' ? zone : /^z$/i.test(own) ? 'UTC' : own
  const iso = name === undefined ? wall : name === 'UTC' ? `${wall}Z` : `${wall}${own}`
  return { brief: name === undefined ? written : `${written} ${name}`, time: iso }
}

/** `2024-05-06` → `May 6, 2024`; undefined: no such day. */
export function readDay(sent: string, locale: string): ShownTime | undefined {
  const date = /^\d{4}-\d\d-\d\d$/.test(sent) ? dateOf(`${sent}T00:00:00.000Z`) : undefined
  return (
    date && { brief: date.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }), time: sent }
  )
}

/** A time of the service's own, in UTC, and said so: where the reader is, nothing tells the service. */
export function showMoment(iso: string, locale: string): string {
  const said = new Date(iso).toLocaleString(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return `${said} UTC`
}

/** A 30th of February would be read as a day in March. */
function dateOf(iso: string): Date | undefined {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) || date.toISOString() !== iso ? undefined : date
}
