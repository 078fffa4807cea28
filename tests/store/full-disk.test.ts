import { join } from 'node:path'
import t from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { startService } from '../support/service.ts'
import { fill, smallDisk } from '../support/small-disk.ts'

t.setTimeout(120_000)

const click = { params: JSON.stringify({ name: 'x'.repeat(50_000) }) }
const template = 't/measurement/Scan_Profile.ipynb'

t.test(
  'on a full disk clicks are answered 503 with code 24, and accepted when there is room again',
  { skip: process.getuid?.() === 0 ? false : 'only root can make a small disk' },
  async (t) => {
    const disk = smallDisk(t)
    if (disk === undefined) throw new Error('a small disk needs the right to mount one')
    const service = await startService(t, {
      NOTEBOOK_TEMPLATES_STATE_DIR: join(disk, 'state'),
    })
    const post = () =>
      browserLike().post(`${service.url}${template}`, click, { headers: { accept: 'application/json' } })
    const before = await post()
    t.equal(before.status, 200)
    const makeRoom = fill(disk)
    for (const attempt of [1, 2, 3]) {
      t.match((await post()).json(), { status: 503, code: 24 }, `click ${attempt}`)
    }
    const kept = await browserLike().get(`${service.url}health`)
    t.equal(kept.status, 200, 'the service lives')
    const another = startService(t, { NOTEBOOK_TEMPLATES_STATE_DIR: join(disk, 'state') })
    await t.rejects(
      another,
      /notebook-templates: no space is left on the disk of the state folder: free some space, then start the service again\n/,
      'a start on a full disk ends with a sentence',
    )
    makeRoom()
    t.equal((await post()).status, 200)
  },
)
