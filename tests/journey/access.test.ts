import t from 'tap'
import { notebookWith } from '../catalogue/folder.ts'
import { setStage } from './stage.ts'

t.test('a template that is not for a user is not there for them, by whichever step', async (t) => {
  const stage = await setStage(t)
  const { folder, catalogue } = stage
  const limit = async (groups: string[] | undefined) => {
    folder.write('templates.yaml', groups === undefined ? '{}' : `a: {groups: [${groups}]}`)
    await catalogue.refresh()
  }
  const journey = stage.replica()
  const outsider = stage.visitor('mia', { groups: ['others'] })
  const member = stage.visitor('ada', { groups: ['others', 'lab'] })
  const unknown = { code: 13, reason: 'unknown' }

  await limit(['lab'])
  const id = await stage.click(journey)
  await t.rejects(journey.show(id, outsider), unknown, 'show')
  await t.rejects(journey.confirm(id, outsider), { code: 2 }, 'confirm without having seen it')
  t.match(
    await journey.show(id, member),
    { request: { owner: 'ada' } },
    'a member may, and it was not claimed before',
  )

  await limit(['chiefs'])
  await t.rejects(journey.show(id, member), unknown, 'limited after it was shown: show')
  await t.rejects(journey.confirm(id, member), unknown, 'limited after it was shown: confirm')
  await t.rejects(journey.download(id, member), unknown, 'limited after it was shown: download')
  t.strictSame(stage.delivery.written, [])

  await limit(undefined)
  t.match(await journey.confirm(id, member), { state: 'written' })
})

t.test('a limit inside the template counts like one in templates.yaml', async (t) => {
  const stage = await setStage(t)
  stage.folder.write('a/Plot_{name}.ipynb', notebookWith({ own: { groups: ['lab'] } }))
  const journey = stage.replica()
  const id = await stage.click(journey)
  await t.rejects(journey.show(id, stage.visitor('mia')), { code: 13 })
  t.match(await journey.show(id, stage.visitor('ada', { groups: ['lab'] })), { request: { owner: 'ada' } })
})
