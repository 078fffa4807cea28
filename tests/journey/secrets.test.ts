import t, { type Test } from 'tap'
import { Fault } from '../../service/fault.ts'
import type { Journey } from '../../service/journey/journey.ts'
import { createRecords } from '../../service/journey/kept/records.ts'
import { notebookWith } from '../catalogue/folder.ts'
import { type Stage, setStage } from './stage.ts'

const params = {
  type: 'object',
  properties: { n: { type: 'number' }, pin: { type: 'string', minLength: 4, writeOnly: true } },
  required: ['pin'],
}

const click = async (journey: Journey, parameters: string, template = 'a.ipynb') =>
  (await journey.keep({ template, parameters, languages: ['en'], sender: null, client: ['192.0.2.1'] })).id

async function setTemplate(t: Test, own: object): Promise<Stage> {
  const stage = await setStage(t)
  stage.folder.write('a.ipynb', notebookWith({ own }))
  return stage
}

/** What was written of a request, as text. */
async function written(stage: Stage): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of stage.delivery.jobs.at(-1)!.open()) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

t.test('the schema sees a secret when the request is kept, and never needs it again', async (t) => {
  const stage = await setTemplate(t, { params })
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const id = await click(journey, '{"pin":"hunter2", "n": 1.50}')
  t.match(await createRecords(stage.store).load(id), { withheld: ['pin'] })
  t.equal(await keptParameters(stage, id), '{"n":1.50}')
  t.match(await journey.show(id, ada), { withheld: ['pin'], text: '{"n":1.50}' })
  t.match(await journey.preview(id, ada), { withheld: ['pin'] })
  t.match(await journey.confirm(id, ada), { state: 'written' })
  const notebook = await written(stage)
  t.match(notebook, '"parameters": "{\\"n\\":1.50}"')
  t.notMatch(notebook, 'hunter2')
  await t.rejects(click(journey, '{"pin":"abc"}'), { code: 20 })
  await t.rejects(click(journey, '{"n":1}'), { code: 20 })
})

t.test('parameters without a secret stay as they were received, to the character', async (t) => {
  const stage = await setTemplate(t, {})
  const id = await click(stage.replica(), '{ "n" : 1.50, "token": "\\u00e9" }')
  t.equal(await keptParameters(stage, id), '{ "n" : 1.50, "token": "\\u00e9" }')
})

t.test('what is left keeps its digits and its order', async (t) => {
  const stage = await setTemplate(t, {})
  const id = await click(
    stage.replica(),
    '{"2":1.0,"jwt":"x","1":12345678901234567890,"b":NaN,"a":[-0.0,1e5],"":null}',
  )
  t.equal(
    await keptParameters(stage, id),
    '{"2":1.0,"1":12345678901234567890,"b":NaN,"a":[-0.0,1e5],"":null}',
  )
})

t.test(
  'what is wrong in a limited template is told to its users alone, also when the secret is gone',
  async (t) => {
    const stage = await setTemplate(t, { params, groups: ['lab'] })
    const journey = stage.replica()
    for (const [parameters, kept] of [
      ['{"pin":"abc"}', '{}'],
      ['{"pin":"hunter2","n":"x"}', '{"n":"x"}'],
    ] as const) {
      const id = await click(journey, parameters)
      await t.rejects(journey.show(id, stage.visitor('mia')), { code: 13 })
      const fault = await journey.show(id, stage.visitor('ada', { groups: ['lab'] })).catch((error) => error)
      t.ok(fault instanceof Fault)
      t.match(fault, { code: 20, reason: 'not-as-declared', details: [{ values: { name: /pin|n/ } }] })
      t.equal(await keptParameters(stage, id), kept)
    }
  },
)

t.test('a request that was kept before there were secrets gives its secret away to nobody', async (t) => {
  const stage = await setTemplate(t, { params })
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const records = createRecords(stage.store)
  const { withheld: _, ...old } = await records.load(await click(journey, '{"pin":"hunter2","n":1}'))
  await records.create(old, '{"pin":"hunter2","n":1}')
  t.match(await journey.show(old.id, ada), { withheld: ['pin'], text: '{"n":1}' })
  await journey.confirm(old.id, ada)
  t.notMatch(await written(stage), 'hunter2')
})

t.test('the same notebook with another credential is the same notebook', async (t) => {
  const stage = await setTemplate(t, {})
  const journey = stage.replica()
  const ada = stage.visitor('ada')
  const first = await click(journey, '{"n":1,"jwt":"one"}')
  await journey.show(first, ada)
  await journey.confirm(first, ada)
  const second = await click(journey, '{"n":1,"jwt":"another"}')
  t.match((await journey.show(second, ada)).before, { path: stage.delivery.written[0] })
})

async function keptParameters({ store }: Stage, id: string): Promise<string> {
  const records = createRecords(store)
  return records.parameters(await records.load(id))
}
