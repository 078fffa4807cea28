import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Eta } from 'eta/core'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { webFolder } from '../package-root.ts'
import { fill, pickLocale, pickTexts } from '../texts/index.ts'
import { showMoment } from '../values/dates.ts'
import { siteOf, webHref } from './site.ts'
import type { PageName, ViewModels } from './view-models.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Sends a page in the reader's language, with the status set before (200). */
    page<Name extends PageName>(name: Name, data: ViewModels[Name]): FastifyReply
  }
}

export interface PagesOptions {
  /** The service's own, with a slash at both ends. */
  readonly servicePrefix: string
  /** What the service is called, in every language; without it, each language has its own word. */
  readonly title?: string | undefined
  /** Whether there is a page of what a user has made. */
  readonly hasMine?: boolean
}

/**
 * Pages from the views (`*.eta`), by eta itself: @fastify/view would add a cache and an engine switch that we do
 * not need, and reads a view at its first use, while here all are compiled at start, so that a broken one shows then.
 * Every `<%= … %>` is escaped; `<%~ … %>` stands only for our own included views (`tests/web/pages.test.ts`).
 */
export const pages = fp<PagesOptions>(
  async (app, { servicePrefix, title, hasMine }) => {
    const eta = loadViews(webFolder)
    const { asset, integrity, logo } = app
    const mineHref = hasMine ? `${servicePrefix}mine` : undefined
    const common = { prefix: servicePrefix, mineHref, asset, integrity, logo, fill, siteOf, webHref }

    const named = (t: ReturnType<typeof pickTexts>) => (title === undefined ? t : { ...t, product: title })

    app.decorateReply('page', function page<
      Name extends PageName,
    >(this: FastifyReply, name: Name, data: ViewModels[Name]) {
      const accepted = this.request.headers['accept-language']
      const t = pickTexts(accepted)
      const dateAndTime = (time: string) => showMoment(time, pickLocale(accepted))
      // Only a problem with a preview is ever framed: its links lead to pages that never are.
      const framed = this.request.headers['sec-fetch-dest'] === 'iframe'
      const html = eta.render(`@${name}`, { ...common, t: named(t), dateAndTime, framed, page: data })
      return this.type('text/html; charset=utf-8').send(html)
    })
  },
  { name: 'pages', fastify: '5.x', dependencies: ['assets'] },
)

/** All `*.eta` in the folder and below it, compiled; `pages/confirm/confirm.eta` is included as `@confirm`. */
function loadViews(folder: string): Eta {
  const eta = new Eta({ autoEscape: true, autoTrim: [false, 'nl'] })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.eta'))) {
    eta.loadTemplate(`@${basename(file, '.eta')}`, readFileSync(join(folder, file), 'utf8'))
  }
  return eta
}
