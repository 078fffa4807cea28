/** What the shipped templates say with pint and pandas, and without them. */
import type { Case } from './execute.ts'
import { decay, journey, plot, quantity, scan } from './templates.ts'

/** Says one thing where the kernel has both packages, and another where it has none. */
interface Pair extends Omit<Case, 'says'> {
  readonly says: readonly RegExp[]
  readonly otherwise: readonly RegExp[]
}

const packages = ['pandas', 'pint']

/** As SampleDB has them from before its version 0.17, or with a null in place of the magnitude. */
const old = (units: string, dimensionality: string, magnitude_in_base_units: number) => ({
  ...{ _type: 'quantity', units, dimensionality, magnitude_in_base_units },
})
const mm = (number: number) => old('mm', '[length]', number / 1000)
const counts = (number: number) => old('1', 'dimensionless', number)
const nothing = { _type: 'quantity', units: 'mm', dimensionality: '[length]' }
const noNumber = { ...nothing, magnitude: null, magnitude_in_base_units: null }

const thickness = (units: string, dimensionality: string, number: number) => ({
  template: plot,
  params: JSON.stringify({ sample_thickness: { ...old(units, dimensionality, number), magnitude: null } }),
})
const points = (...positions: readonly object[]) => ({
  template: scan,
  params: JSON.stringify({
    scan_points: positions.map((position, index) => ({ position, intensity: quantity(index, '1', index) })),
  }),
})

const pairs: readonly Pair[] = [
  {
    label: 'points in different units',
    ...points(quantity(1, 'mm', 0.001), quantity(1, 'm', 1)),
    says: [/2 points, 2 valid/, /maximum at \/ mm: 1000\n/],
    otherwise: [/2 points, 2 valid/, /maximum at \/ SI base units: 1\n/],
  },
  ...['s', 'no unit', '9**9**9**9', '(m', '1/0'].map((unit) => ({
    label: `points in mm and in ${unit}`,
    ...points(quantity(1, 'mm', 0.001), quantity(1, unit, 1)),
    says: [/maximum at \/ SI base units: 1\n/],
    otherwise: [/maximum at \/ SI base units: 1\n/],
  })),
  {
    label: 'a decay at a temperature without a magnitude',
    template: decay,
    params: JSON.stringify({
      temperature: old('degC', '[temperature]', 294.65),
      duration: { ...old('min', '[time]', 5400), magnitude: null },
    }),
    says: [/Decay at 21\.5 °C – SYNTHETIC/, /lifetime of 22\.5 min and/, /lifetime τ \/ min /],
    otherwise: [/Decay at 294\.65 K – SYNTHETIC/, /lifetime of 1350 s and/, /lifetime τ \/ s /],
  },
  {
    label: 'a duration of which nothing but the number is known',
    template: decay,
    params: '{"duration":{"_type":"quantity","units":"bottles","magnitude_in_base_units":5400}}',
    says: [/lifetime of 1350 SI base units/],
    otherwise: [/lifetime of 1350 SI base units/],
  },
  {
    label: 'a thickness without a magnitude in nm',
    ...thickness('nm', '[length]', 1.25e-8),
    says: [/Sample thickness +12\.5 nm\n/],
    otherwise: [/Sample thickness +1\.25e-08 m\n/],
  },
  {
    label: 'a thickness without a magnitude of dimension one',
    ...thickness('1', 'dimensionless', 0.5),
    says: [/Sample thickness +0\.5\n/],
    otherwise: [/Sample thickness +0\.5\n/],
  },
  {
    label: 'a thickness without a magnitude in km/h',
    ...thickness('km/h', '[length] / [time]', 2.5),
    says: [/Sample thickness +9 km\/h\n/],
    otherwise: [/Sample thickness +2\.5 in SI base units\n/],
  },
  {
    label: 'points and a matrix without magnitudes',
    template: scan,
    params: JSON.stringify({
      scan_points: [
        null,
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
    says: [/2 points, 2 valid/, /maximum at \/ mm: 2\n/],
    otherwise: [/2 points, 2 valid/, /maximum at \/ m: 0\.002\n/],
    saysNot: [/SYNTHETIC/],
  },
  {
    label: 'a matrix with a cell that has no number',
    template: scan,
    params: JSON.stringify({ matrix: [[mm(1), noNumber]] }),
    says: [/No complete matrix was sent/],
    otherwise: [/No complete matrix was sent/],
  },
  {
    label: 'peaks as a table',
    template: journey,
    params: '{"measurement_name":"peaks"}',
    says: [/^ *Energy \/ keV +Counts +full width at half height *\n#/m, /^3 +59\.\d+ +\d/m],
    otherwise: [/^# {2}Energy \/ keV {2}Counts {2}full width at half height\n1 {12}26 {3}254\.1 {23}2\.46$/m],
  },
]

/** Times of the laboratory, by the list of time zones that the kernel has; UTC where `TZ` names none of them. */
const zones = [
  { TZ: 'Europe/Berlin', said: '2024-05-06 09:08:09 CEST' },
  { TZ: 'America/New_York', said: '2024-05-06 03:08:09 EDT' },
  { TZ: 'No/Such_Zone', said: '2024-05-06 07:08:09 UTC' },
  { TZ: '../../etc/passwd', said: '2024-05-06 07:08:09 UTC' },
  { TZ: ':/etc/localtime', said: '2024-05-06 07:08:09 UTC' },
]
const created = [
  '2024-05-06 07:08:09',
  '2024-05-06T09:08:09+02:00',
  { _type: 'datetime', utc_datetime: '2024-05-06 07:08:09' },
]

const times: readonly Case[] = [
  ...zones.map(({ TZ, said }) => atTime(plot, created[0], TZ, said)),
  ...[plot, journey].flatMap((template) =>
    created.map((sent) => atTime(template, sent, 'Asia/Tokyo', '2024-05-06 16:08:09 JST')),
  ),
]

function atTime(template: string, created: unknown, TZ: string, said: string): Case {
  return {
    label: `${template} with the time ${JSON.stringify(created)} in ${TZ}`,
    template,
    params: JSON.stringify({ created }),
    environment: { TZ },
    says: [new RegExp(`^Created +${said}$`, 'm')],
  }
}

export const packageCases: readonly Case[] = [
  ...pairs.flatMap(({ otherwise, ...one }) => [
    one,
    {
      ...one,
      label: `${one.label}, without ${packages.join(' and ')}`,
      without: packages,
      says: otherwise,
    },
  ]),
  ...times,
  {
    label: 'a time that no calendar has stays as it was sent',
    template: plot,
    params: '{"created":{"_type":"datetime","utc_datetime":"2016-12-31 23:59:60"}}',
    says: [/^Created +2016-12-31 23:59:60 UTC$/m],
  },
]
