import type { RequestListener } from 'node:http'
import type { Test } from 'tap'
import { listenWith } from './listen.ts'

/** A page of another site (`localhost` beside 127.0.0.1) with this HTML in it; its URL. */
export async function startPage(t: Test, html: string): Promise<string> {
  const page = `<!doctype html><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${html}`
  const answer: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page)
  }
  return `${await listenWith(t, answer, 'localhost')}/`
}
