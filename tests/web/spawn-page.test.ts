import t from 'tap'
import type { HubSettings } from '../../service/settings/settings.ts'
import { createSpawnPage } from '../../service/web/pages/spawn-page.ts'

const hub = {
  publicHubUrl: '/base/hub/',
  callbackUrl: '/base/services/t/oauth_callback',
  prefix: '/base/services/t/',
}
const createFor = (more: Partial<HubSettings> = {}) =>
  createSpawnPage({ ...hub, ...more } as HubSettings, 'api')

t.test('the Hub’s page comes back to the confirmation', async (t) => {
  const next = 'next=%2Fbase%2Fservices%2Ft%2Fconfirm%2Fabc'
  const page = createFor()
  t.strictSame(page({ id: 'abc', server: '' }, 'ada'), {
    href: `/base/hub/spawn/ada?${next}`,
    comesBack: true,
    hasForm: false,
  })
  t.equal(
    page({ id: 'abc', server: 'gpu/a?b' }, 'x.y@lab.example/../#')?.href,
    `/base/hub/spawn/x.y%40lab.example%2F..%2F%23/gpu%2Fa%3Fb?${next}`,
    'no name changes the address',
  )
  t.equal(page({ id: 'abc', server: '' }, undefined), undefined, 'nobody is logged in')
})

t.test('and does not where the service has a host of its own', async (t) => {
  const page = createFor({
    publicHubUrl: 'https://hub.example/hub/',
    callbackUrl: 'https://t--service.hub.example/services/t/oauth_callback',
  })
  t.strictSame(page({ id: 'abc', server: '' }, 'ada'), {
    href: 'https://hub.example/hub/spawn/ada',
    comesBack: false,
    hasForm: false,
  })
})
