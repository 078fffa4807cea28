import t from 'tap'
import { showcase } from '../preview/showcase.ts'
import { openBrowser } from '../support/browser.ts'
import { startPlatform } from '../support/platform.ts'
import { startService } from '../support/service.ts'

t.setTimeout(180_000)

const params = JSON.stringify({
  measurement_name: 'Experiment-12345',
  temperature: 21.5,
  points: [1, 2.5, 4],
  'a-b': null,
})

t.test('look', async (t) => {
  const dir = t.testdir({ templates: { 'Decay_{measurement_name}.ipynb': showcase }, state: {} })
  const service = await startService(t, {
    NOTEBOOK_TEMPLATES_DIR: `${dir}/templates`,
    NOTEBOOK_TEMPLATES_STATE_DIR: `${dir}/state`,
    NOTEBOOK_TEMPLATES_STORE: 'memory:',
  })
  const platform = await startPlatform(t, [
    { label: 'button', action: `${service.url}t/Decay_%7Bmeasurement_name%7D.ipynb`, params },
  ])
  for (const [look, options] of [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 320, height: 700 } }],
  ] as const) {
    const { page, complaints, picture } = await openBrowser(t, options)
    await page.goto(platform)
    await page.getByRole('button', { name: 'button' }).click()
    await page.waitForURL('**/confirm/**')
    await page.getByText('Look at the finished notebook').click()
    await page.frameLocator('iframe').getByText('New: your parameters').waitFor()
    await picture(`preview-framed-${look}`)
    await page.goto(page.url().replace('confirm', 'preview'))
    await picture(`preview-${look}`)
    t.same(complaints, [])
  }
})
