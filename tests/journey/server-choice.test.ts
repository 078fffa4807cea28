import t, { type Test } from 'tap'
import { Fault } from '../../service/fault.ts'
import { defaultServer } from '../../service/journey/starts/offered.ts'
import { notebookWith } from '../catalogue/folder.ts'
import { type StageOptions, setStage, statesOf } from './stage.ts'

const gpu = { profile: 'gpu' }

/** A click on a template that asks for a profile, shown to ada. */
async function shown(t: Test, state: 'ready' | 'stopped', options?: StageOptions) {
  const stage = await setStage(t, options)
  stage.folder.write('a/Plot_{name}.ipynb', notebookWith({ own: { server: { options: gpu } } }))
  stage.hub.states.set('ada', state)
  const journey = stage.replica()
  const id = await stage.click(journey)
  const ada = () => stage.visitor('ada')
  await journey.show(id, ada())
  return { stage, journey, id, ada }
}

t.test('a server is started with what the template asks for, also where the Hub has a form', async (t) => {
  for (const start of ['api', 'form'] as const) {
    const { stage, journey, id, ada } = await shown(t, 'stopped', { start })
    await journey.confirm(id, ada())
    const states = await statesOf(journey.watch(id, ada(), AbortSignal.timeout(10_000)))
    t.equal(states.at(-1), 'written', start)
    t.same(stage.hub.options.get('ada'), gpu, start)
  }
})

t.test('one that has them is used', async (t) => {
  const { stage, journey, id, ada } = await shown(t, 'ready')
  stage.hub.options.set('ada', { ...gpu, cores: 4 })
  t.match(await journey.confirm(id, ada()), { state: 'written' })
  t.same(stage.hub.starts, [])
})

t.test('one that runs with others is used only when its user says so', async (t) => {
  const { stage, journey, id, ada } = await shown(t, 'ready')
  stage.hub.options.set('ada', { profile: 'small' })
  const asked = await journey.confirm(id, ada())
  t.match(asked, { state: 'claimed', steps: [] })
  t.notOk(asked.choosing, 'no way back makes it without a click')
  t.equal(await journey.comeBack(id, ada(), false), undefined)
  t.match(await journey.confirm(id, ada(), undefined, 'wanted:'), { state: 'claimed' }, 'that is not offered')
  t.match(await journey.confirm(id, ada(), undefined, 'as-it-is:elsewhere'), { state: 'claimed' }, 'nor that')
  t.same([stage.hub.starts, stage.delivery.written, stage.failures], [[], [], []])

  t.match(await journey.confirm(id, ada(), undefined, defaultServer), { state: 'written', server: '' })
  t.same(stage.delivery.written, ['a/Plot_x.ipynb'])
})

t.test('whoever starts it otherwise on the Hub’s page has chosen', async (t) => {
  const { stage, journey, id, ada } = await shown(t, 'stopped')
  stage.hub.onStart = () => {
    throw new Fault(23, 'failed')
  }
  t.match(await journey.confirm(id, ada()), { state: 'failed', fault: { code: 23 } })
  stage.hub.options.set('ada', { profile: 'small' })
  stage.hub.states.set('ada', 'ready')
  t.match(await journey.comeBack(id, ada(), false), { state: 'written' })
})

t.test('what was chosen and is gone is asked again, also after a failure', async (t) => {
  const { stage, journey, id, ada } = await shown(t, 'stopped')
  stage.hub.onStart = () => {
    throw new Fault(23, 'failed')
  }
  t.match(await journey.confirm(id, ada()), { state: 'failed' })
  const asked = await journey.confirm(id, ada(), undefined, 'as-it-is:gone')
  t.match(asked, { state: 'claimed' })
  t.notOk(asked.fault)
  t.same(stage.hub.starts, ['ada'])
})
