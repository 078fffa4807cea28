/** What SampleDB's API answers to the template that asks it, and what the template makes of that. */
import { objectWith, type Replies } from './stub-sampledb.ts'
import { nastyTexts } from './templates.ts'

export interface ObjectCase {
  readonly label: string
  readonly replies: Replies
  /** What somebody has written in place of 17. */
  readonly objectId?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly without?: readonly string[]
  /** What the cells print. */
  readonly says: readonly RegExp[]
  /** Texts in the figure of a file; none: it is synthetic. */
  readonly figure?: readonly string[]
  /** Paths that are asked for, in their order. */
  readonly asks: readonly string[]
}

export const token = 'c0ffee0123456789c0ffee0123456789c0ffee0123456789c0ffee0123456789'

const object = ['objects/17', 'objects/17/versions/3', 'objects/17/files/']
const file = (number: number) => `objects/17/files/${number}`
const csv = 'Time / s,Voltage / V\n0,1\n1,2\n2,4\n'

const data = {
  name: { _type: 'text', text: { de: 'Probe', en: 'Scan 42' } },
  temperature: { _type: 'quantity', magnitude: 21.5, units: 'degC' },
  length: { _type: 'quantity', magnitude: null, magnitude_in_base_units: 0.5, units: 'mm' },
  created: { _type: 'datetime', utc_datetime: '2024-05-06 07:08:09' },
  valid: { _type: 'bool', value: true },
  sample: { _type: 'sample', object_id: 5 },
  tags: { _type: 'tags', tags: ['lab', 'demo'] },
  points: [
    { label: { _type: 'text', text: 'left' }, position: { _type: 'quantity', magnitude: 1, units: '1' } },
  ],
  nothing: null,
}
const titles = { temperature: { title: { en: 'Start at', de: '-' } }, tags: { title: 'Words' } }
const schema = { properties: titles, propertyOrder: ['name', 'tags', 'temperature', 'no such'] }
const properties = [
  /^name +Scan 42\nWords +lab, demo\nStart at +21\.5 °C\n/m,
  /^length +0\.5 in SI base units$/m,
  /^created +2024-05-06 09:08:09 CEST$/m,
  /^valid +yes$/m,
  /^sample +sample 5$/m,
  /^points +label: left; position: 1$/m,
  /^nothing +–$/m,
]

/** Objects of all kinds. */
export const kindCases: readonly ObjectCase[] = [
  ...[
    { label: 'properties and a file', without: [] },
    { label: 'the same without pandas', without: ['pandas'] },
  ].map((one) => ({
    ...one,
    environment: { TZ: 'Europe/Berlin' },
    replies: objectWith({ 'notes.pdf': '%PDF', 'scan.csv': csv }, data, schema),
    says: [...properties, /^1 +scan\.csv +database$/m, /^Voltage \/ V +3 values from 1 to 4$/m],
    figure: ['Scan 42 – scan.csv', 'Time / s', 'Voltage / V'],
    asks: [...object, file(1)],
  })),
  {
    label: 'the first file that has a table: semicolons, decimal commas, Latin-1, a line that is cut off',
    replies: {
      ...objectWith({ 'a.txt': 'Only words.', 'b.csv': '1\n2\n3\n', 'c.dat': '', 'd.TXT': '', 'e.csv': csv }),
      [file(3)]: {
        json: { base64_content: Buffer.from('x / µm; y\n1,5; 2\n2,5; 3\n3', 'latin1').toString('base64') },
      },
    },
    says: [/^x \/ .m +2 values from 1\.5 to 2\.5$/m],
    figure: ['Scan 42 – d.TXT', 'y'],
    asks: [...object, file(0), file(1), file(2), file(3)],
  },
  {
    label: 'no more than ten files are read',
    replies: objectWith(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.csv`, 'no']))),
    says: [/^29 +29\.csv /m, /The object has no data file: attach/],
    asks: [...object, ...Array.from({ length: 10 }, (_, index) => file(index))],
  },
  ...nastyTexts.map((text) => ({
    label: `an object and a file called ${JSON.stringify(text.slice(0, 40))}`,
    replies: objectWith(
      { [`${text}.csv`]: `${text},${text}\n0,1\n1,2\n` },
      { name: { _type: 'text', text }, [text]: { _type: 'quantity', magnitude: 1, units: text } },
    ),
    says: [/^Name|^name +/m, / 2 values from 1 to 2$/m],
    figure: [],
    asks: [...object, file(0)],
  })),
  {
    label: 'no files',
    replies: objectWith({}),
    says: [
      /The object has no data file: attach a CSV or text file to it in SampleDB, then choose Run All Cells\./,
    ],
    asks: object,
  },
  {
    label: 'nothing but its number in SampleDB, and a link to a file elsewhere, which nobody follows',
    replies: {
      ...objectWith({}, null, null),
      'objects/17/files/': { json: [{ file_id: 0, storage: 'url', url: 'http://127.0.0.1:1/x.pdf' }] },
    },
    says: [/There is no object to show/, /^0 +http:\/\/127\.0\.0\.1:1\/x\.pdf +url$/m],
    asks: object,
  },
]

/** What a server may do that is none of SampleDB, or none of ours. */
export const hostileCases = (elsewhere: string): readonly ObjectCase[] => [
  {
    label: 'the redirect to the newest version goes elsewhere, and only its number counts',
    replies: {
      ...objectWith({ 'scan.csv': csv }),
      'objects/17': { status: 302, location: `${elsewhere}/api/v1/objects/99/versions/3` },
    },
    says: [/Scan 42/, /^This is http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/objects\/17, version 3\.$/m],
    figure: ['Scan 42 – scan.csv'],
    asks: [...object, file(0)],
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    label: `a redirect to another origin: ${status}`,
    replies: { 'objects/17': { status, location: `${elsewhere}/?token=TOKEN` } },
    says: [/SAMPLEDB_URL leads elsewhere: set the address that the browser shows/],
    asks: object.slice(0, 1),
  })),
  {
    label: 'a redirect of a file to another origin',
    replies: {
      ...objectWith({ 'scan.csv': csv }),
      [file(0)]: { status: 302, location: `${elsewhere}/TOKEN` },
    },
    says: [/^scan\.csv: SAMPLEDB_URL leads elsewhere/m],
    asks: [...object, file(0)],
  },
  ...[
    { status: 401, says: /SampleDB does not accept the token/ },
    { status: 403, says: /You may not read this in SampleDB/ },
    { status: 404, says: /SampleDB has no such object or file/ },
    { status: 500, says: /SampleDB answers with the error 500\./ },
  ].map(({ status, says }) => ({
    label: `the status ${status}, with the token in what it says`,
    replies: { 'objects/17': { status } },
    says: [says],
    asks: object.slice(0, 1),
  })),
  {
    label: 'a file that is too large, then one that is not',
    replies: {
      ...objectWith({ 'huge.csv': '', 'scan.csv': csv }),
      [file(0)]: { body: Buffer.alloc(33_000_000, '0') },
    },
    says: [/^huge\.csv: That is too large to be read here: download it in SampleDB\.$/m],
    figure: ['Scan 42 – scan.csv'],
    asks: [...object, file(0), file(1)],
  },
  ...[
    { label: 'a page in place of JSON', version: { body: '<!doctype html><title>Sign in</title>' } },
    { label: 'a list in place of an object', version: { json: [17] } },
    { label: 'JSON of 100,000 levels', version: { body: '['.repeat(100_000) } },
    { label: 'no UTF-8', version: { body: Buffer.from([0x22, 0xff, 0x22]) } },
  ].map(({ label, version }) => ({
    label,
    replies: { ...objectWith({}), 'objects/17/versions/3': version },
    says: [/What answers there is not the API of SampleDB/],
    asks: object.slice(0, 2),
  })),
  {
    label: 'a connection that is closed',
    replies: { 'objects/17': { hangUp: true } },
    says: [/SampleDB cannot be reached/],
    asks: object.slice(0, 1),
  },
  {
    label: 'values and files of other kinds than SampleDB has',
    replies: {
      ...objectWith(
        {},
        {
          name: { _type: 'text', text: ['\u001b[31m\u202e\u0000', '$x$ <b>&amp;</b>', '\ud800'] },
          a: { _type: 'quantity', magnitude: {}, units: [] },
          b: { _type: ['quantity'], object_id: {} },
          c: { _type: 'datetime', utc_datetime: 7 },
          d: { _type: 'tags', tags: { tags: 1 } },
          e: JSON.parse(`${'[{"x":'.repeat(50)}1${'}]'.repeat(50)}`),
          f: 'word '.repeat(100_000),
        },
        { properties: [], propertyOrder: [{}, 1] },
      ),
      'objects/17/files/': {
        json: [
          ...[7, null, { file_id: '../../users/1', original_file_name: 'x.csv' }],
          { file_id: 0, original_file_name: '_{} $x$ \n.csv' },
          { file_id: 1, original_file_name: { a: '.csv' } },
        ],
      },
      [file(0)]: { json: { base64_content: 'ä' } },
    },
    says: [/^c +7$/m, /\$x\$ {2}\.csv: What answers there is not the API/],
    asks: [...object, file(0)],
  },
  ...['\\"17\\"', '\\"17/../../users/1\\"', '17.5', 'True', '0', '-1', '[17]', 'None'].map((objectId) => ({
    label: `no number of an object: ${objectId}`,
    objectId,
    replies: objectWith({}),
    says: [/object_id has to be the number of an object/],
    asks: [],
  })),
  ...[
    'sampledb.example.org',
    'file:///etc/passwd',
    'http://ada:secret@127.0.0.1/',
    'http://[',
    'http://',
  ].map((address) => ({
    label: `no address: ${address}`,
    environment: { SAMPLEDB_URL: address },
    replies: {},
    says: [/SAMPLEDB_URL has to be an address such as https:\/\/sampledb\.example\.org\./],
    asks: [],
  })),
  ...['http://127.0.0.1:99999', 'http://127.0.0.1:port', 'http://127.0.0.1:1', 'http://no such host/'].map(
    (address) => ({
      label: `an address where nobody is: ${address}`,
      environment: { SAMPLEDB_URL: address },
      replies: {},
      says: [/Is SAMPLEDB_URL right\?/],
      asks: [],
    }),
  ),
  ...[`${token}\nHost: x`, `${token} ${token}`, `${token}ä`].map((wrong) => ({
    label: `a token that is none: ${JSON.stringify(wrong.slice(token.length))}`,
    environment: { SAMPLEDB_TOKEN: wrong },
    replies: {},
    says: [/That is no API token of SampleDB/],
    asks: [],
  })),
  {
    label: 'a token of the environment, but no address there',
    environment: { SAMPLEDB_URL: '' },
    replies: {},
    says: [/Set SAMPLEDB_URL and SAMPLEDB_TOKEN in the environment of the kernel/],
    asks: [],
  },
]
