import promises from 'node:fs/promises'
import t from 'tap'
import { inProject } from '../support/paths.ts'
import { until } from '../support/until.ts'
import { createFolder } from './folder.ts'

t.test('the file of a template is looked at once in a second, however often it is asked for', async (t) => {
  const { dir, stateDir } = createFolder(t, { 'a.ipynb': null })
  let looks = 0
  const { openCatalogue } = await t.mockImport<typeof import('../../service/catalogue/catalogue.ts')>(
    inProject('build/service/catalogue/catalogue.js'),
    {
      'node:fs/promises': {
        ...promises,
        stat(path: string, options: object) {
          if (path.endsWith('a.ipynb')) looks++
          return promises.stat(path, options)
        },
      },
    },
  )
  const catalogue = await openCatalogue({ dir, stateDir, log: { warn() {} } })
  t.teardown(() => catalogue.close())
  await catalogue.completed
  const looksOfOne = async () => {
    looks = 0
    t.ok(await catalogue.find('a.ipynb'))
    return looks
  }
  await until('the file to be at rest', async () => (await looksOfOne()) === 0, { within_s: 10 })
  await until('its second to pass', async () => (await looksOfOne()) === 1)
  for (let times = 0; times < 20; times++) await catalogue.find('a.ipynb')
  t.equal(looks, 1)
})
