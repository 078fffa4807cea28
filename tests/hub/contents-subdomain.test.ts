import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { faultOf } from '../support/fault-of.ts'
import { sparePort } from '../support/ports.ts'
import { partsFor, started, startPlainHub, tokenOf } from './support.ts'

t.setTimeout(150_000)

/** Services have a host of their own as well; the one that `startHub` waits for is to be found at the old place too. */
const config = `
c.JupyterHub.subdomain_host = c.JupyterHub.bind_url.rstrip("/").replace("127.0.0.1", "hub.localhost")
c.Proxy.extra_routes = {"127.0.0.1/services/templates/": c.JupyterHub.services[0]["url"]}
`

t.test(
  'with subdomains, a user is on a host of their own and the connection goes to the proxy',
  { timeout: 120_000 },
  async (t) => {
    const hub = await startPlainHub(t, { config })
    const { client, contents } = partsFor(t, hub)
    const user = 'x.y@lab.example'
    const token = await tokenOf(hub, user)
    const serverUrl = await started(client, token, user)
    t.match(serverUrl, /^http:\/\/[^/]+\.hub\.localhost:\d+\/user\/x\.y@lab\.example\/$/)
    const place = { token, serverUrl }
    await contents.makeFolders(place, 'a b')
    const bytes = Buffer.from('{"cells": []}')
    const source = {
      length: bytes.length,
      open: async function* () {
        yield bytes
      },
    }
    await contents.writeFile(place, 'a b/c.ipynb', source)
    t.ok(readFileSync(join(hub.userDir(user), 'a b/c.ipynb')).equals(bytes))
    t.equal(await contents.hasNotebookView(place), true)
    // Nothing listens there: only the proxy is ever connected to.
    const elsewhere = serverUrl.replace(/:\d+/, `:${await sparePort()}`)
    t.same(await contents.look({ token, serverUrl: elsewhere }, 'a b/c.ipynb'), { type: 'file' })
    t.same(await faultOf(contents.look({ token, serverUrl: serverUrl.replace('//', '//nobody.') }, 'a')), {
      name: 'ServerNotReady',
    })
  },
)
