import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import type { Delivery, DeliveryJob } from '../../service/delivery/delivery.ts'
import { trustWhatIsWritten } from '../../service/delivery/trust.ts'
import type { Contents } from '../../service/hub/files/contents.ts'
import type { Hub } from '../../service/hub/hub.ts'
import { openStore } from '../../service/store/index.ts'
import { faultOf } from '../support/fault-of.ts'
import { send } from '../support/http.ts'
import type { RunningHub } from '../support/hub.ts'
import { stopServer } from '../support/servers.ts'
import { partsFor, started, startPlainHub, tokenOf, versions } from './support.ts'

t.setTimeout(600_000)

interface Here {
  readonly hub: RunningHub
  readonly client: Hub
  /** Waits two seconds for a server that is not ready. */
  readonly delivery: Delivery
  /** Waits a minute. */
  readonly patient: Delivery
  readonly user: string
  readonly token: string
  readonly home: string
  readonly job: (id: string, folder: string, changes?: Partial<DeliveryJob>) => DeliveryJob
}

for (const version of versions) {
  t.test(`delivery by the Contents API, JupyterHub ${version}`, { timeout: 240_000 }, async (t) => {
    const hub = await startPlainHub(t, { version })
    const user = 'x.y@lab.example'
    const token = await tokenOf(hub, user)
    const { client, contents } = partsFor(t, hub)
    const store = await openStore('memory:', { maxKeptBytes: 1e6, sealer: undefined })
    t.teardown(() => store.close())
    const delivery = createContentsDelivery({ contents, store, openWith: 'auto', readyWait_ms: 2000 })
    const patient = createContentsDelivery({ contents, store, openWith: 'auto' })
    const serverUrl = await started(client, token, user)
    const here: Here = {
      hub,
      client,
      delivery,
      patient,
      user,
      token,
      home: hub.userDir(user),
      job: (id, folder, changes) => ({ ...jobOf(id, folder, { user, token, serverUrl }), ...changes }),
    }
    await t.test('the notebook lies in folders that are made for it, and its URL leads there', (t) =>
      first(t, here),
    )
    await t.test('twelve at once for one name are twelve notebooks', (t) => twelve(t, here))
    await t.test('nothing that is there is written over', (t) => taken(t, here))
    await t.test('what had been written is not written twice', (t) => resumed(t, here))
    await t.test('a folder whose name is a file is fault 16', async (t) => {
      writeFileSync(join(here.home, 'file'), 'x')
      const fault = await faultOf(delivery.deliver(here.job('in-a-file', 'file/sub')))
      t.same(fault, { code: 16, reason: 'folder-is-a-file', values: { folder: 'file' } })
    })
    await t.test('what is written is trusted where that is asked for, and keeps its bytes', (t) =>
      trusts(t, here, contents),
    )
    await t.test('JupyterLab where the template or the settings want it', (t) => views(t, here))
    await t.test('what `trying` forbids is not written', async (t) => {
      const trying = async () => {
        throw new Error('logged out')
      }
      await t.rejects(delivery.deliver(here.job('forbidden', 'forbidden', { trying })), {
        message: 'logged out',
      })
      t.same(readdirSync(join(here.home, 'forbidden')), [])
    })
    await t.test('a server that stays stopped is not ready, one that comes back is waited for', (t) =>
      waits(t, here),
    )
  })
}

async function first(t: Test, { delivery, home, job }: Here): Promise<void> {
  const tried: string[] = []
  const trying = async (path: string) => void tried.push(path)
  const delivered = await delivery.deliver(job('first', 'Messung µ/100 %', { trying }))
  t.same(delivered, {
    path: 'Messung µ/100 %/a b.ipynb',
    url: '/user/x.y@lab.example/notebooks/Messung%20%C2%B5/100%20%25/a%20b.ipynb',
  })
  t.equal(readFileSync(join(home, delivered.path), 'utf8'), bytesOf('first').toString())
  t.same(tried, [delivered.path])
}

async function twelve(t: Test, { delivery, home, job }: Here): Promise<void> {
  const ids = Array.from({ length: 12 }, (_, n) => `request-${n}`)
  const delivered = await Promise.all(ids.map((id) => delivery.deliver(job(id, 'twelve'))))
  const names = Array.from({ length: 12 }, (_, n) => nameOf(n + 1))
  t.same(new Set(readdirSync(join(home, 'twelve'))), new Set(names))
  for (const [n, { path }] of delivered.entries()) {
    t.equal(readFileSync(join(home, path), 'utf8'), bytesOf(`${ids[n]}`).toString())
  }
}

async function taken(t: Test, { delivery, home, job }: Here): Promise<void> {
  mkdirSync(join(home, 'taken', nameOf(2)), { recursive: true })
  writeFileSync(join(home, 'taken', nameOf(1)), 'mine')
  writeFileSync(join(home, 'taken', nameOf(3)), '')
  t.equal((await delivery.deliver(job('fourth', 'taken'))).path, `taken/${nameOf(4)}`)
  for (let copy = 5; copy <= 40; copy++) writeFileSync(join(home, 'taken', nameOf(copy)), 'mine')
  t.equal((await delivery.deliver(job('last', 'taken'))).path, `taken/${nameOf(41)}`)
  t.equal(readFileSync(join(home, 'taken', nameOf(1)), 'utf8'), 'mine')
  t.equal(readFileSync(join(home, 'taken', nameOf(3)), 'utf8'), '')
}

async function resumed(t: Test, { delivery, home, job }: Here): Promise<void> {
  const { path } = await delivery.deliver(job('crashed', 'resumed'))
  const again = await delivery.deliver(job('crashed', 'resumed', { tried: path }))
  t.equal(again.path, path)
  t.match(again.url, /notebooks\/resumed/)
  t.same(readdirSync(join(home, 'resumed')), [nameOf(1)])
  const other = await delivery.deliver(job('another', 'resumed', { tried: path }))
  t.equal(other.path, `resumed/${nameOf(2)}`, 'that file is not from this request')
  const gone = await delivery.deliver(job('third', 'resumed', { tried: 'resumed/gone.ipynb' }))
  t.equal(gone.path, `resumed/${nameOf(3)}`)
}

/** Whether Jupyter shows all outputs of a cell is `metadata.trusted` in what its server answers, and never in the file. */
async function trusts(
  t: Test,
  { hub, delivery, home, user, token, job }: Here,
  contents: Contents,
): Promise<void> {
  const failures: unknown[] = []
  const failed = (error: unknown) => void failures.push(error)
  const trusting = trustWhatIsWritten(delivery, { contents, failed })
  const notebook = Buffer.from(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 4,
      metadata: { made_from: { request: 'trust' } },
      cells: [
        {
          cell_type: 'code',
          source: '1.0',
          metadata: {},
          execution_count: 1,
          outputs: [
            { output_type: 'display_data', data: { 'text/html': '<script>1</script>' }, metadata: {} },
          ],
        },
      ],
    }),
  )
  const open = async function* () {
    yield notebook
  }
  const isTrusted = async (path: string) => {
    const address = `user/${user}/api/contents/${path.split('/').map(encodeURIComponent).join('/')}`
    const url = `${hub.url}${address}?type=notebook&content=1`
    const { json } = await send(url, { headers: { authorization: `token ${token}` } })
    const { content } = json() as { content: { cells: { metadata: { trusted: boolean } }[] } }
    return content.cells[0]?.metadata.trusted
  }
  const changes = { open, length: notebook.length }
  const { path } = await trusting.deliver(job('trust', 'trust µ', changes))
  t.equal(await isTrusted(path), true)
  t.ok(readFileSync(join(home, path)).equals(notebook), 'byte for byte')
  const other = await delivery.deliver(job('no trust', 'no trust', { ...changes, open: without }))
  t.equal(await isTrusted(other.path), false)
  t.same(failures, [])
  const gone = await faultOf(contents.trust({ token, serverUrl: `/user/${user}/` }, 'trust µ/gone.ipynb'))
  t.match(gone, { code: 11, reason: 'refused', values: { status: 404 } })

  /** Other bytes: Jupyter remembers what it has signed by its content. */
  async function* without() {
    yield Buffer.from(notebook.toString().replace('1.0', '2.0'))
  }
}

async function views(t: Test, { delivery, job }: Here): Promise<void> {
  const cases = [
    [undefined, 'notebooks'],
    ['auto', 'notebooks'],
    ['notebook', 'notebooks'],
    ['lab', 'lab/tree'],
  ] as const
  for (const [openWith, view] of cases) {
    const { url } = await delivery.deliver(job(`view ${openWith}`, `view ${openWith}`, { openWith }))
    t.equal(url, `/user/x.y@lab.example/${view}/view%20${openWith}/a%20b.ipynb`)
  }
}

async function waits(
  t: Test,
  { hub, client, user, token, delivery, patient, home, job }: Here,
): Promise<void> {
  await stopServer(hub, user)
  t.same(await faultOf(delivery.deliver(job('stopped', 'waits'))), { name: 'ServerNotReady' })
  const waiting = patient.deliver(job('patient', 'waits'))
  await started(client, token, user)
  const delivered = await waiting
  t.equal(delivered.path, `waits/${nameOf(1)}`)
  t.same(readdirSync(join(home, 'waits')), [nameOf(1)])
}

const nameOf = (copy: number) => (copy === 1 ? 'a b.ipynb' : `a b (${copy}).ipynb`)
const bytesOf = (id: string) =>
  Buffer.from(JSON.stringify({ cells: [], metadata: { made_from: { request: id } } }))

function jobOf(
  request: string,
  folder: string,
  whose: Pick<DeliveryJob, 'user' | 'token' | 'serverUrl'>,
): DeliveryJob {
  const bytes = bytesOf(request)
  return {
    ...whose,
    server: '',
    wanted: { folder, name: nameOf },
    request,
    tried: undefined,
    trying: async () => {},
    open: async function* () {
      yield bytes
    },
    length: bytes.length,
    files: [],
    signal: AbortSignal.timeout(60_000),
  }
}
