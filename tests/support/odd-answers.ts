/**
 * What users' servers may answer in the place of the Contents API: for stand-ins of servers in unit tests, and on a real
 * Hub by `tests/hub/odd-servers.test.ts`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

const json = { 'content-type': 'application/json' }

export const says =
  (status: number, body: string, headers: Record<string, string> = json): Listener =>
  (request, response) =>
    void request.resume().on('end', () => response.writeHead(status, headers).end(body))

export const drips =
  (status: number, every_ms = 10): Listener =>
  (_request, response) => {
    response.writeHead(status, json)
    const dripping = setInterval(() => response.write(' '), every_ms)
    response.once('close', () => clearInterval(dripping))
  }

/** A server that looks as it should, and has its own way with what is written. */
export const writing =
  (write: Listener): Listener =>
  (request, response) => {
    if (request.method === 'PUT') return write(request, response)
    const isFile = `${request.url}`.includes('.ipynb')
    says(isFile ? 404 : 200, isFile ? '{}' : '{"type":"directory"}')(request, response)
  }

export interface OddAnswer {
  readonly answer: Listener
  /** Of code 11. */
  readonly reason: string
  /** configurable-http-proxy says 503 in the server's place, and waits for the rest of an answer that broke off. */
  readonly throughProxy?: string
}

export const oddAnswers: Readonly<Record<string, OddAnswer>> = {
  'redirects elsewhere': {
    answer: says(302, '', { location: 'https://evil.example/?a' }),
    reason: 'redirected',
  },
  'redirects what is written': {
    answer: writing(says(307, '', { location: '/user/eve/' })),
    reason: 'redirected',
  },
  'answers with a page': {
    answer: says(200, '<html>', { 'content-type': 'text/html' }),
    reason: 'odd-answer',
  },
  'answers with JSON that is no model': { answer: says(200, '[1]'), reason: 'odd-answer' },
  'calls every name taken': { answer: says(200, '{"type":"directory","content":7}'), reason: 'odd-answer' },
  'speaks no HTTP': {
    answer: ({ socket }) => void socket.write('hello\r\n\r\n'),
    reason: 'odd-answer',
    throughProxy: 'not-ready',
  },
  'sends huge headers': {
    answer: says(200, '{}', { ...json, 'x-huge': 'x'.repeat(100_000) }),
    reason: 'long-headers',
    throughProxy: 'not-ready',
  },
  'breaks off before it answers': {
    answer: ({ socket }) => void socket.destroy(),
    reason: 'reset',
    throughProxy: 'not-ready',
  },
  'breaks off in its answer': {
    answer: ({ socket }, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('{')
      setImmediate(() => socket.destroy())
    },
    reason: 'reset',
    throughProxy: 'too-slow',
  },
  'says nothing': { answer: () => {}, reason: 'too-slow' },
  drips: { answer: drips(200), reason: 'too-slow' },
  'says nothing to what is written': { answer: writing(() => {}), reason: 'too-slow' },
  'drips when it is written to': { answer: writing(drips(500)), reason: 'too-slow' },
}
