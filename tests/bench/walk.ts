import type { IncomingHttpHeaders } from 'node:http'
import { type Agent, request } from 'undici'
import { sentParameters } from './templates.ts'

/** One answer on a walk. */
export interface Step {
  /** Method and address, without the host. */
  readonly asked: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const navigation = {
  accept: 'text/html,application/xhtml+xml',
  'accept-language': 'en',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
}
const form = 'application/x-www-form-urlencoded'
const clicked = new URLSearchParams({ params: sentParameters }).toString()

/**
 * A whole journey without a hub, as a browser makes it: the button, the page that asks in its two answers, and the notebook as a
 * file. Every byte is received.
 *
 * @param origin of the service, which is at its root
 * @throws when one of the answers is not what it should be
 */
export async function walk(origin: string, agent: Agent, template: string): Promise<readonly Step[]> {
  const steps: Step[] = []
  const ask = async (method: 'GET' | 'POST', path: string, expected: number, more: object, body?: string) => {
    const headers = { ...navigation, ...more, ...(body !== undefined && { 'content-type': form }) }
    const answer = await request(origin + path, { method, headers, body: body ?? null, dispatcher: agent })
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    if (answer.statusCode !== expected)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${bytes.subarray(0, 300)}`)
    const step = {
      asked: `${method} ${path}`,
      status: answer.statusCode,
      headers: answer.headers,
      body: bytes,
    }
    steps.push(step)
    return step
  }
  const button = `/t/${encodeURIComponent(template)}`
  const platform = { origin: 'http://localhost:8090', 'sec-fetch-site': 'cross-site' }
  const kept = await ask('POST', button, 303, platform, clicked)
  const cookie = [kept.headers['set-cookie']].flat().map((set) => set?.split(';')[0])
  const own = { cookie: cookie.join('; '), 'sec-fetch-site': 'same-origin' }
  const confirm = String(kept.headers.location)
  const first = await ask('GET', confirm, 303, own)
  const page = await ask('GET', String(first.headers.location), 200, own)
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(page.body.toString()) ?? []
  const from = { ...own, origin, referer: `${origin}${confirm}` }
  await ask('POST', confirm, 200, from, new URLSearchParams({ csrf }).toString())
  return steps
}
