/** What is in the SampleDB of the tests and of the demo: two actions, with the entries of docs/sampledb.md, and objects. */
import { readFileSync } from 'node:fs'

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The entries that docs/sampledb.md has for its readers, in their order. */
export function entriesOfDocs() {
  const blocks = [...read('../../../docs/sampledb.md').matchAll(/^```json\n([^`]*)^```$/gm)]
  return blocks.flatMap(([, block]) => JSON.parse(block).notebookTemplates ?? [])
}

/** `Sample` and `Scan`, whose number are 1 and 2 in a new SampleDB; scans have a button for each of those entries. */
export function scanActions() {
  const [sample, scan] = JSON.parse(read('actions.json'))
  return [sample, { ...scan, schema: { ...scan.schema, notebookTemplates: entriesOfDocs() } }]
}

/**
 * An object as a program makes one, by SampleDB's HTTP API.
 *
 * @param {{ url: string }} sampledb
 * @param {{ login: string, password: string }} person whose object it is
 * @param {number} action 1 for a sample, 2 for a scan
 * @param {object} data
 * @returns {Promise<number>} its number
 */
export async function createObject(sampledb, person, action, data) {
  const { headers } = await ask(sampledb, person, 'objects/', { action_id: action, data })
  return Number(/objects\/(\d+)/.exec(headers.get('location'))[1])
}

/** Attaches a text file; its number is for properties of the type `file`. */
export async function attachFile(sampledb, person, object, name, text) {
  const file = { storage: 'database', original_file_name: name, base64_content: btoa(text) }
  const { headers } = await ask(sampledb, person, `objects/${object}/files/`, file)
  return Number(/files\/(\d+)/.exec(headers.get('location'))[1])
}

/** A token for SampleDB's HTTP API, with which one is this person there. */
export async function makeToken(sampledb, person) {
  const answer = await ask(sampledb, person, 'access_tokens/', { description: 'for a notebook' })
  return (await answer.json()).access_token
}

/** A new version of an object. */
export const updateObject = (sampledb, person, object, data) =>
  ask(sampledb, person, `objects/${object}/versions/`, { data })

async function ask(sampledb, { login, password }, path, body) {
  const answer = await fetch(`${sampledb.url}api/v1/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Basic ${btoa(`${login}:${password}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.status !== 201) throw new Error(`SampleDB: ${answer.status} for ${path}: ${await answer.text()}`)
  return answer
}

export const text = (text) => ({ _type: 'text', text })
export const quantity = (magnitude, units) => ({ _type: 'quantity', magnitude, units })
export const bool = (value) => ({ _type: 'bool', value })
const point = (label, valid, position, intensity) => ({
  label: text(label),
  valid: bool(valid),
  position: quantity(position, 'mm'),
  intensity: quantity(intensity, '1'),
})

/** All that a scan can have, but what refers to other objects. */
export const fullScan = {
  name: text('Scan 42'),
  created: { _type: 'datetime', utc_datetime: '2026-11-28 07:08:09' },
  is_calibrated: bool(true),
  counts: quantity(1024, '1'),
  duration: quantity(90, 'min'),
  temperature: quantity(21.5, 'degC'),
  comment: text({ en: 'Beam was stable.', de: 'Der Strahl war stabil.' }),
  scan_points: [
    point('left', true, 1.5, 40),
    point('peak', true, 4, 180),
    point('right', true, 6.5, 60),
    point('dust', false, 8, 300),
  ],
  matrix: [
    [quantity(1, 'mm'), quantity(2, 'mm')],
    [quantity(3, 'mm'), quantity(4.5, 'mm')],
  ],
  tags: { _type: 'tags', tags: ['beam', 'test'] },
}

/** A sample, and a scan of it with a file. */
export async function makeObjects(sampledb, person) {
  const sample = await createObject(sampledb, person, 1, {
    name: text('Sample S-17'),
    thickness: quantity(12.5, 'nm'),
  })
  const reference = { _type: 'sample', object_id: sample }
  const scan = await createObject(sampledb, person, 2, { ...fullScan, sample: reference })
  const file_id = await attachFile(sampledb, person, scan, 'scan.csv', 'Time / s,Voltage / V\n0,1\n1,2\n')
  await updateObject(sampledb, person, scan, {
    ...fullScan,
    sample: reference,
    raw_data: { _type: 'file', file_id },
  })
  return { sample, scan }
}
