import t from 'tap'
import { withUnit, writeUnits } from '../../../service/web/values/units.ts'

t.test('units are written as people write them', async (t) => {
  const cases: [sent: string, written: string][] = [
    ['degC', '°C'],
    ['degree_Celsius', '°C'],
    ['degF', '°F'],
    ['K', 'K'],
    ['um', 'µm'],
    ['µm', 'µm'],
    ['us', 'µs'],
    ['uL', 'µL'],
    ['umol/l', 'µmol/l'],
    ['uA*s', 'µA·s'],
    ['m^2', 'm²'],
    ['m**2', 'm²'],
    ['m ** 2', 'm²'],
    ['cm^-1', 'cm⁻¹'],
    ['1/s', '1/s'],
    ['1 / cm ** 3', '1/cm³'],
    ['kg*m/s**2', 'kg·m/s²'],
    ['kg * m / s ** 2', 'kg·m/s²'],
    ['W/m^2/K', 'W/m²/K'],
    ['meV/angstrom**2', 'meV/Å²'],
    ['m^12', 'm¹²'],
    ['ohm', 'Ω'],
    ['kohm*cm', 'kΩ·cm'],
    ['uohm', 'µΩ'],
    ['angstrom', 'Å'],
    ['percent', '%'],
    ['%', '%'],
    ['deg', '°'],
    ['dimensionless', ''],
    ['1', ''],
    ['', ''],
  ]
  for (const [sent, written] of cases) t.equal(writeUnits(sent), written, sent)
})

t.test('what is none of these stays as it is', async (t) => {
  const cases = [
    'u', // the mass of an atom
    'unit',
    'uptake',
    'mm',
    'mol/L',
    'N m',
    'm ** 0.5',
    'm^123',
    '1e-3 m',
    '2/s',
    'kg/(m*s)',
    '//',
    'm*',
    '*m',
    'degC degC',
    '<b>m</b>',
    'toString',
    '__proto__',
    'm\u202e',
    `${'m*'.repeat(60)}m`,
  ]
  for (const units of cases) t.equal(writeUnits(units), units, units)
})

t.test('long nonsense is looked at in no time', async (t) => {
  const begin = performance.now()
  for (const sign of [' ', '*', 'm ', 'm* ', '_']) writeUnits(sign.repeat(1_000_000))
  for (const sign of [' ', '*', 'm ', 'm* ', '_']) writeUnits(sign.repeat(99).slice(0, 98))
  t.ok(performance.now() - begin < 500)
})

t.test('a number and its unit stay on one line, and nothing stands for no unit', async (t) => {
  t.equal(withUnit('21.5', '°C'), '21.5\u00a0°C')
  t.equal(withUnit('45', '°'), '45°')
  t.equal(withUnit('7', ''), '7')
})
