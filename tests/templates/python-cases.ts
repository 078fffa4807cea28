/** What the shipped Python templates are executed with. */

import { readPosts } from './support.ts'

/** A template with what it gets, and what it must then say. */
export interface Case {
  readonly label: string
  readonly template: string
  readonly params: string
  /** Files beside the notebook. */
  readonly files?: Readonly<Record<string, string>>
  /** What the notebook's cells must print. */
  readonly says: readonly RegExp[]
  readonly saysNot?: readonly RegExp[]
}

const journey = 'some_instrument/Data_Analysis_{measurement_name}.ipynb'
const plot = 'measurement/Plot_{name}.ipynb'
const decay = 'measurement/Decay_Fit_{temperature}.ipynb'
const scan = 'measurement/Scan_Profile.ipynb'
/** How many figures each draws. */
export const figures: Readonly<Record<string, number>> = { [journey]: 1, [plot]: 1, [decay]: 1, [scan]: 2 }
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
  {
    label: 'points in different units are compared in base units',
    template: scan,
    params: JSON.stringify({
      scan_points: [
        { position: quantity(1, 'mm', 0.001), intensity: quantity(4, '1', 4) },
        null,
        { position: quantity(1, 'm', 1), intensity: quantity(7, '1', 7) },
        { position: null, intensity: null },
      ],
    }),
    says: [/2 points, 2 valid/, /maximum at \/ SI base units: 1\n/],
  },
  ...quantitiesWithoutMagnitude(),
]

/** As SampleDB has them from before its version 0.17, or with a null in its place. */
function quantitiesWithoutMagnitude(): readonly Case[] {
  const old = (units: string, dimensionality: string, magnitude_in_base_units: number) => ({
    ...{ _type: 'quantity', units, dimensionality, magnitude_in_base_units },
  })
  const mm = (number: number) => old('mm', '[length]', number / 1000)
  const counts = (number: number) => old('1', 'dimensionless', number)
  const nothing = { _type: 'quantity', units: 'mm', dimensionality: '[length]' }
  const noNumber = { ...nothing, magnitude: null, magnitude_in_base_units: null }
  return [
    {
      label: 'a decay at a temperature without a magnitude',
      template: decay,
      params: JSON.stringify({
        temperature: old('degC', '[temperature]', 294.65),
        duration: { ...old('min', '[time]', 5400), magnitude: null },
      }),
      says: [/Decay at 294\.65 K – SYNTHETIC/, /lifetime of 1350 s and/, /lifetime τ \/ s /],
    },
    {
      label: 'a duration of which nothing but the number is known',
      template: decay,
      params: '{"duration":{"_type":"quantity","units":"min","magnitude_in_base_units":5400}}',
      says: [/lifetime of 1350 SI base units/],
    },
    ...[
      { thickness: old('nm', '[length]', 1.25e-8), said: /Sample thickness +1\.25e-08 m\n/ },
      { thickness: { ...old('1', 'dimensionless', 0.5), magnitude: null }, said: /Sample thickness +0\.5\n/ },
      {
        thickness: old('km/h', '[length] / [time]', 2.5),
        said: /Sample thickness +2\.5 in SI base units\n/,
      },
    ].map(({ thickness, said }) => ({
      label: `a thickness without a magnitude: ${thickness.units}`,
      template: plot,
      params: JSON.stringify({ sample_thickness: thickness }),
      says: [said],
    })),
    {
      label: 'points and a matrix without magnitudes',
      template: scan,
      params: JSON.stringify({
        scan_points: [
          { position: mm(1), intensity: counts(4) },
          { position: { ...mm(2), magnitude: 2 }, intensity: { ...counts(9), magnitude: null } },
          { position: nothing, intensity: counts(50) },
          { position: mm(3), intensity: noNumber },
        ],
        matrix: [
          [mm(1), mm(2)],
          [mm(3), { ...mm(4), magnitude: 4 }],
        ],
      }),
      says: [/2 points, 2 valid/, /maximum at \/ m: 0\.002\n/],
      saysNot: [/SYNTHETIC/],
    },
    {
      label: 'a matrix with a cell that has no number',
      template: scan,
      params: JSON.stringify({ matrix: [[mm(1), noNumber]] }),
      says: [/No complete matrix was sent/],
    },
  ]
}

function quantity(magnitude: number, units: string, magnitude_in_base_units: number) {
  return { _type: 'quantity', magnitude, units, dimensionality: '', magnitude_in_base_units }
}

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
  const texts = [
    'n'.repeat(300),
    'word '.repeat(60),
    'M'.repeat(50),
    '名'.repeat(100),
    '../a/"b"\\\'c\'',
    '😀 👩‍🔬 %s %(x)s 100 %',
    '$x^2$ \\frac{1}{2} $ \\$',
    '_{name}_ <b>&amp;</b>',
    '\n\t\u0000\u202e',
  ]
  return texts.flatMap((text) => {
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
