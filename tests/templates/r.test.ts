import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { isInstalled, readPosts, render, run } from './support.ts'

const calibration = 'calibration/Calibration_Line_R.ipynb'

interface Notebook {
  cells: { cell_type: string; source: string | string[] }[]
}

/** All code cells in order, as one R script that draws into figure.pdf, in which texts stay texts. */
function toScript(notebook: Notebook): string {
  const cells = notebook.cells.filter((cell) => cell.cell_type === 'code')
  const sources = cells.map(({ source }) => (typeof source === 'string' ? source : source.join('')))
  return [
    'pdf("figure.pdf", compress = FALSE, useKerning = FALSE)',
    ...sources,
    'invisible(dev.off())',
    '',
  ].join('\n')
}

t.setTimeout(120_000)

t.test('R templates run without an error or a warning', { timeout: 120_000 }, async (t) => {
  t.ok(isInstalled('Rscript'), 'Rscript is installed (Debian: r-base-core)')
  const posts = await readPosts()
  const says: Readonly<Record<string, RegExp[]>> = {
    ordinary: [/^3 points, 2 of them valid/m, /10\.0 +4\.5/, /Two points only/],
    web_form: [/^3 points, 2 of them valid/m, /10\.0 +4\.5/, /Two points only/],
    translated: [/SYNTHETIC/, /21 points, 21 of them valid/],
  }
  const cases = [
    { label: 'with its defaults only', params: '{}', says: [/SYNTHETIC/, /R squared/] },
    {
      label: 'with five points',
      params: fivePoints(),
      says: [/^5 points/m, /^position +2 /m, /R squared: 0\.99/],
    },
    {
      label: 'with five points as SampleDB has them from before its version 0.17',
      params: fivePoints(({ magnitude, ...rest }) => ({
        ...rest,
        magnitude_in_base_units: magnitude * 1e-6,
      })),
      says: [/^5 points/m, /^position +2e\+06 /m, /R squared: 0\.99/],
    },
    {
      label: 'with five points, the first and the last without a magnitude or any number',
      params: fivePoints((quantity, x) => ({
        ...quantity,
        ...(x === 0 && { magnitude: null }),
        magnitude_in_base_units: quantity.magnitude * 1e-6,
        ...(x === 4 && { magnitude: null, magnitude_in_base_units: null }),
      })),
      says: [/^4 points/m, /^position +1\.95e\+06 /m, /R squared: 0\.99/],
    },
    {
      label: 'with one point',
      params: '{"scan_points":[{"position":null,"intensity":null}]}',
      says: [/SYNTHETIC/],
    },
    { label: 'with units of 300 characters', params: fivePoints(longUnits), says: [/^5 points/m] },
    ...posts.map(({ title, object, params_text }) => ({
      label: `with the post ${title} of the ${object} object`,
      params: params_text,
      says: title === 'Nested Array' ? says[object]! : [/SYNTHETIC/],
    })),
  ]

  const folder = t.testdir()
  for (const [index, { label, params, says }] of cases.entries()) {
    t.test(`${calibration} ${label}`, async (t) => {
      const place = join(folder, String(index))
      await mkdir(place)
      const notebook = JSON.parse((await render(calibration, params)).toString()) as Notebook
      await writeFile(join(place, 'made.R'), toScript(notebook))
      const result = await run('Rscript', ['--vanilla', 'made.R'], { cwd: place })
      t.equal(result.stderr, '', 'no error, no warning')
      t.equal(result.code, 0)
      for (const sentence of says) t.match(result.stdout, sentence, `says ${sentence}`)
      const figure = await readFile(join(place, 'figure.pdf'), 'latin1')
      t.match(figure, /^%PDF/, 'the figure is made')
      const synthetic = /SYNTHETIC/.test(result.stdout)
      t.equal(figure.includes('(SYNTHETIC) Tj'), synthetic, 'a synthetic figure says so across it')
      const certain = /R squared/.test(result.stdout)
      t.equal(figure.includes('(Residual) Tj'), certain, 'residuals are drawn from three points on')
    })
  }
})

const longUnits = (quantity: Quantity) => ({ ...quantity, units: '%s "\\\\n" $x '.repeat(25) })

interface Quantity {
  readonly _type: string
  readonly magnitude: number
  readonly units: string
}

/** Intensity over position, in µm. */
function fivePoints(change: (quantity: Quantity, x: number) => object = (quantity) => quantity): string {
  const quantity = (magnitude: number, units: string) => ({ _type: 'quantity', magnitude, units })
  const noise = [0.1, -0.1, 0, -0.1, 0.1]
  return JSON.stringify({
    scan_points: noise.map((error, x) => ({
      position: change(quantity(x, 'µm'), x),
      intensity: quantity(1 + 2 * x + error, '1'),
    })),
  })
}
