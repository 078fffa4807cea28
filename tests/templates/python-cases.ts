/** What the shipped Python templates are executed with. */

import type { Case } from './execute.ts'
import { packageCases } from './package-cases.ts'
import { readPosts } from './support.ts'
import { decay, journey, nastyTexts, objectFiles, plot, quantity, scan } from './templates.ts'

/** How many figures each draws. */
export const figures: Readonly<Record<string, number>> = {
  [journey]: 1,
  [plot]: 1,
  [decay]: 1,
  [scan]: 2,
  [objectFiles]: 1,
}
const templates = Object.keys(figures)

/** Which buttons of the real SampleDB send what a template reads, and what it must then say, by the object sent. */
const buttons: readonly {
  template: string
  title: string
  says: Readonly<Record<string, readonly RegExp[]>>
}[] = [
  ...['Named Analysis', 'By Object ID', 'Missing Property'].map((title) => ({
    template: journey,
    title,
    says: {
      ordinary: [/Measurement {2}Experiment-12345/, /Peaks found: 3/],
      web_form: [/Measurement {2}Experiment-12345/, /Peaks found: 3/],
      translated: [/Measurement {2}Translated name/, /Peaks found: 3/],
    },
  })),
  {
    template: plot,
    title: 'All Types',
    says: {
      ordinary: [/Sample-1 \(Größe "M"\)/, /12\.5 nm/, /2024-05-06 07:08:09 UTC/, /user #1/, /lab, demo/],
      web_form: [
        /Measurement +Experiment-12345/,
        /no file \/data\/2024\/05\/experiment-12345\.dat/,
        / Another line/,
      ],
      translated: [/Measurement +Translated name/, /2024-02-29 23:59:59 UTC/, /No data file was named/],
    },
  },
  {
    template: decay,
    title: 'Full Quantity',
    says: {
      ordinary: [/Decay at 21\.5 °C/, /lifetime of 22\.5 min/],
      web_form: [/Decay at 21\.5 °C/, /lifetime of 22\.5 min/],
      translated: [/Decay – SYNTHETIC/, /lifetime of 15 min/], // null: the defaults of the parameters cell hold
    },
  },
  {
    template: scan,
    title: 'Nested Array',
    says: {
      ordinary: [/3 points, 2 valid/, /maximum at \/ mm: 0\.5/],
      web_form: [/3 points, 2 valid/, /centroid at \/ mm: 0\.27528/],
      translated: [/No scan points were sent/, /No complete matrix was sent/],
    },
  },
  {
    template: objectFiles,
    title: 'By Object ID',
    says: {
      ordinary: [/Set SAMPLEDB_URL and SAMPLEDB_TOKEN/],
      web_form: [/Set SAMPLEDB_URL and SAMPLEDB_TOKEN/],
      translated: [/Set SAMPLEDB_URL and SAMPLEDB_TOKEN/],
    },
  },
]

/** Times 0–58 min with a lifetime of 20 min, as another program writes them: semicolons, CRLF, a byte-order mark. */
const decaySeries = `\uFEFFTime / h; Counts\r\n${Array.from({ length: 30 }, (_, i) => `${i * 2}; ${Math.round(5000 * Math.exp((-i * 2) / 20) + 40)}`).join('\r\n')}\r\n`
const spectrum = `# Energy / eV\tIntensity\n${Array.from({ length: 200 }, (_, i) => `${i / 2}\t${1000 * Math.exp(-0.5 * ((i / 2 - 30) / 2) ** 2)}`).join('\n')}\n`

const byHand: readonly Case[] = [
  ...templates.map((template) => ({
    label: `${template} with its defaults only`,
    template,
    params: '{}',
    says: [/SYNTHETIC/],
  })),
  {
    label: 'a spectrum beside the notebook is read instead of the example',
    template: journey,
    params: '{"measurement_name":"Run 7/8"}',
    files: { 'Run 7_8.txt': spectrum },
    says: [
      /Run 7_8\.txt, 200 points/,
      /Peaks found: 1/,
      /Energy \/ eV/,
      / 30 +(99\d|1000|100\d)[.\d]* +4\.[67]/,
    ],
    saysNot: [/SYNTHETIC/],
  },
  {
    label: 'a decay series is read and its lifetime found',
    template: decay,
    params: '{"data_path":"series.csv","temperature":null}',
    files: { 'series.csv': decaySeries },
    says: [/series\.csv: 30 points, Time \/ h from 0 to 58/, /lifetime τ \/ h +(19\.[6-9]|20\.[0-4])/],
    saysNot: [/SYNTHETIC/],
  },
  {
    label: 'a file of three columns without a header is plotted',
    template: plot,
    params: '{"name":"$x$ and $\\\\y$","data_path":"table.dat"}',
    files: { 'table.dat': '1 2 3\n2 4 9\n3 6 27\n' },
    says: [/Measurement +\$x\$ and \$\\y\$/, /column 3 +3 values from 3 to 27/],
    saysNot: [/SYNTHETIC/],
  },
  ...[
    { label: 'a name of 300 characters', name: 'n'.repeat(300) },
    { label: 'a name of 300 bytes in few characters', name: 'ü'.repeat(150) },
    { label: 'a name of slashes and quotes', name: '../a/"b"\\\\\'c\'' },
  ].flatMap(({ label, name }) => [
    {
      label: `${label} is no file`,
      template: journey,
      params: JSON.stringify({ measurement_name: name }),
      says: [/SYNTHETIC/],
    },
    {
      label: `${label} is no file either where a path is sent`,
      template: plot,
      params: JSON.stringify({ name, data_path: name }),
      says: [/SYNTHETIC/],
    },
    {
      label: `${label} is no series`,
      template: decay,
      params: JSON.stringify({ data_path: name }),
      says: [/SYNTHETIC/],
    },
  ]),
  ...packageCases,
]

/** What the buttons of SampleDB send, what people have called their objects, and the cases written by hand. */
export async function listCases(): Promise<readonly Case[]> {
  const posts = await readPosts()
  const fromPosts = templates.flatMap((template) =>
    posts.map(({ object, title, params_text }) => ({
      label: `${template} with the post ${title} of the ${object} object`,
      template,
      params: params_text,
      says:
        buttons.find((button) => button.template === template && button.title === title)?.says[object] ?? [],
    })),
  )
  return [...byHand, ...nastyObjects(), ...fromPosts]
}

/** Texts wherever a template takes one. */
function nastyObjects(): readonly Case[] {
  return nastyTexts.flatMap((text) => {
    const typed = { _type: 'text', text: { en: text } }
    const points = [1, 2, 3].map((number) => ({
      label: typed,
      position: quantity(number, text, number),
      intensity: quantity(number, text, number),
    }))
    const measurement = { name: text, data_path: text, sample_name: text, comment: text, tags: [text] }
    const sent: Readonly<Record<string, object>> = {
      [journey]: { measurement_name: text },
      [plot]: { ...measurement, sample_thickness: quantity(1, text, 1) },
      [decay]: { data_path: text, temperature: quantity(20, text, 293), duration: quantity(60, text, 3600) },
      [scan]: { scan_points: points, matrix: [[quantity(1, text, 1), quantity(2, text, 2)]] },
    }
    return Object.entries(sent).map(([template, params]) => ({
      label: `${template} of an object with ${JSON.stringify(text.slice(0, 40))}`,
      template,
      params: JSON.stringify(params),
      says: [],
    }))
  })
}
