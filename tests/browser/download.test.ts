import { readFileSync } from 'node:fs'
import t from 'tap'
import { openBrowser } from '../support/browser.ts'
import { startPlatform } from '../support/platform.ts'
import { runCell } from '../support/run-cell.ts'
import { startService } from '../support/service.ts'
import { template } from './stage.ts'

t.setTimeout(180_000)

const params = '{"measurement_name": "Größe 1", "n": 1.0, "nan": NaN}'

for (const javaScriptEnabled of [true, false]) {
  t.test(`without a hub, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const service = await startService(t, {
      NOTEBOOK_TEMPLATES_STATE_DIR: t.testdir(),
      NOTEBOOK_TEMPLATES_STORE: 'memory:',
    })
    const platform = await startPlatform(t, [{ label: 'button', action: service.url + template, params }])
    const { page, complaints, picture } = await openBrowser(t, { javaScriptEnabled, acceptDownloads: true })
    await page.goto(platform)
    await page.getByRole('button', { name: 'button' }).click()
    await page.waitForURL('**/confirm/**')
    const click = async (name: string) => {
      const coming = page.waitForEvent('download')
      await page.getByRole('button', { name }).click()
      return coming
    }
    const download = await click('Download notebook')
    t.equal(download.suggestedFilename(), 'Data_Analysis_Größe 1.ipynb')
    const bytes = readFileSync(await download.path())
    const { cells } = JSON.parse(bytes.toString())
    const injected = cells.find(({ metadata }: { metadata: { tags?: string[] } }) =>
      metadata.tags?.includes('injected-parameters'),
    )
    t.same(await runCell([injected.source].flat().join('')), {
      measurement_name: 'Größe 1',
      n: 'float:1.0',
      nan: 'float:nan',
    })
    if (javaScriptEnabled) {
      t.equal(await page.locator('h1').innerText(), 'Your download has begun')
      t.match(await page.title(), /^Your download has begun · /)
      t.match(await page.getByRole('status').innerText(), 'Another click downloads the same file.')
      await picture('download-begun')
      const again = await click('Download again')
      t.ok(readFileSync(await again.path()).equals(bytes), 'the same bytes once more')
    } else t.equal(await page.locator('h1').innerText(), 'Download this notebook?', 'the page itself stays')
    await page.reload()
    t.equal(await page.locator('h1').innerText(), 'Your notebook was downloaded')
    const again = await click('Download again')
    t.ok(readFileSync(await again.path()).equals(bytes), 'the same bytes again')
    await picture(`download-${javaScriptEnabled}`)
    t.same(complaints, [])
  })
}
