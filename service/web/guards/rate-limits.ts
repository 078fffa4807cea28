/** How near a limit is, is nobody's business: it tells of others at the same address. `Retry-After` remains. */
const counts = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
export const quietLimits = { addHeaders: counts, addHeadersOnExceeding: counts }

const perMinute = (max: number) => ({ max, timeWindow: '1 minute' }) as const

/**
 * How often each kind of route is answered, by address: a whole institute, or a course, may share one. What is kept in all is
 * limited besides (clicks.ts).
 */
export const rateLimits = {
  /** Buttons, links, and the form and page of a template. */
  clicks: perMinute(600),
  /** For each click: the page in two answers, once more behind a login, and its form. */
  confirmations: perMinute(2400),
  /** Asked for again and again, every few seconds where there is no script, in two answers each time. */
  progress: perMinute(6000),
  /** Each asks the Hub; tabs that log in together come several times. */
  logins: perMinute(1200),
  /** In two answers, after a login once more. */
  mine: perMinute(1200),
  /** A file that few ask for. */
  parameters: perMinute(600),
  /** Cost more than any other page. */
  previews: perMinute(300),
  /** The catalogue, page by page and word by word. */
  catalogue: perMinute(1200),
  /** A hundred people who see a full page of the catalogue for the first time; afterwards their browsers have them. */
  images: perMinute(6000),
} as const
