import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isHttps } from '../session/cookies.ts'

interface Options {
  /** The service's own public URL where it is known. */
  readonly publicUrl: string | undefined
}

const WARNING =
  'Browsers come by plain http, and all users share one host: such a hub isolates nobody from pages of another user. ' +
  'Serve it by https, and set c.JupyterHub.subdomain_host (docs/security.md)'

/**
 * Warns once in the log of a hub without subdomains that is reached by plain http: at start where its public URL is known,
 * else with the first browser that comes so. Browsers send `Sec-Fetch-*` to https and to this machine alone, whatever the proxies
 * in between say (Fetch Metadata, section 2).
 */
export default fp<Options>(
  async (app, { publicUrl }) => {
    let isTold = false
    const tell = (address: string) => {
      if (!isTold) app.log.warn({ address }, WARNING)
      isTold = true
    }
    if (publicUrl !== undefined) {
      if (isPlain(publicUrl)) tell(publicUrl)
      return
    }
    app.addHook('onRequest', async (request) => {
      const address = `http://${request.headers.host}/`
      if (!isTold && isOfBrowser(request) && !isHttps(request, undefined) && isPlain(address)) tell(address)
    })
  },
  { name: 'plain-http', fastify: '5.x' },
)

/** A browser that goes to a page, and does not take this for a safe connection. */
function isOfBrowser({ method, headers }: FastifyRequest): boolean {
  const isPage = method === 'GET' && (headers.accept ?? '').includes('text/html')
  return isPage && headers['user-agent'] !== undefined && headers['sec-fetch-mode'] === undefined
}

function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && !/^(127\.[\d.]+|\[::1\]|localhost|.+\.localhost)$/.test(hostname)
}
