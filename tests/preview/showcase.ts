/** A notebook with one of everything that a preview shows, for looking at. */
import { code, display, markdown, notebookOf, stream } from './support.ts'

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="160" viewBox="0 0 420 160"><g fill="none" stroke-width="2">' +
  '<path stroke="#888" d="M40 10V130H410"/><path stroke="#1f77b4" d="M40 120C120 110 150 20 220 30S340 120 410 60"/>' +
  '<path stroke="#ff7f0e" d="M40 60C120 70 180 130 240 110S340 20 410 30"/></g>' +
  '<text x="200" y="152" font-family="sans-serif" font-size="12">time / s</text></svg>'

const setup =
  '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="60"><g fill="none" stroke="#7a8aa0" stroke-width="2">' +
  '<rect x="2" y="14" width="56" height="32" rx="4"/><path d="M58 30H162"/><circle cx="110" cy="30" r="12" fill="#cfe0f5"/>' +
  '<rect x="162" y="14" width="56" height="32" rx="4"/></g></svg>'

const frame =
  '<div>\n<style scoped>.dataframe tbody tr th { vertical-align: top; }</style>\n<table border="1" class="dataframe">' +
  '<thead><tr style="text-align: right;"><th></th><th>temperature</th><th>signal</th><th>valid</th></tr></thead><tbody>' +
  [
    [0, 21.5, 0.103, 'True'],
    [1, 22.1, 0.118, 'True'],
    [2, 22.9, 0.097, 'False'],
    [3, 23.4, 0.131, 'True'],
  ]
    .map(
      ([first, ...others]) => `<tr><th>${first}</th>${others.map((one) => `<td>${one}</td>`).join('')}</tr>`,
    )
    .join('') +
  '</tbody></table>\n</div>'

const traceback = [
  '\x1b[31m---------------------------------------------------------------------------\x1b[39m',
  '\x1b[31mZeroDivisionError\x1b[39m                         Traceback (most recent call last)',
  '\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[3]\x1b[39m\x1b[32m, line 2\x1b[39m',
  '\x1b[32m      1\x1b[39m ratio = \x1b[38;5;28mlen\x1b[39m(points)',
  '\x1b[32m----> \x1b[39m\x1b[32m2\x1b[39m \x1b[43mratio\x1b[49m\x1b[43m \x1b[49m\x1b[43m/\x1b[49m\x1b[43m \x1b[49m\x1b[32;43m0\x1b[39;49m',
  '\x1b[31mZeroDivisionError\x1b[39m: division by zero',
]

export const showcase: string = notebookOf([
  markdown([
    '# Decay of a signal\n',
    '\n',
    'The signal falls as $N(t) = N_0\\,e^{-t/\\tau}$, so that its half-life is\n',
    '\n',
    '$$t_{1/2} = \\tau \\ln 2 = \\frac{\\ln 2}{\\lambda}, \\qquad \\chi^2 = \\sum_i \\left(\\frac{y_i - f(x_i)}{\\sigma_i}\\right)^2$$\n',
    '\n',
    'Measured in water, \\\\(\\ce{H2O}\\\\). See the [documentation](https://docs.example/decay) and [the results](#Results).\n',
    '\n',
    '| quantity | unit | value |\n|:---|:---:|---:|\n| temperature | °C | 21.5 |\n| pressure | hPa | 1013 |\n',
    '\n',
    '> What was not filled in is replaced by an *example*, which says so.\n',
    '\n',
    '1. read the points\n2. fit **both** models\n   - linear\n   - exponential\n',
    '\n',
    '```python\nfor point in points:  # each once\n    print(f"{point:.2f}")\n```\n',
  ]),
  code(
    ['measurement_name = "example"  # name of the measurement\n', 'temperature = None\n', 'points = []'],
    [],
    ['parameters'],
  ),
  code(
    [
      'import numpy as np\n',
      '\n',
      '@cached\n',
      'def decay(t, n0: float, tau=1.5e-3):\n',
      '    """Number of nuclei that are left."""\n',
      '    return n0 * np.exp(-t / tau) if tau else None\n',
      '\n',
      'class Fit(Model):\n',
      '    pass\n',
    ],
    [
      stream(['\r 10%|█         |', '\r100%|██████████| 100/100 [00:01<00:00]\n'], 'stderr'),
      stream('\x1b[1mfitted\x1b[0m \x1b[32mok\x1b[0m, 100 points, \x1b[33m2 left out\x1b[0m\n'),
    ],
  ),
  code('frame', [display({ 'text/html': frame, 'text/plain': 'a frame' })]),
  code('plot(frame)', [display({ 'image/svg+xml': svg, 'text/plain': '<Figure size 640x480 with 1 Axes>' })]),
  code('ratio = len(points)\nratio / 0', [
    { output_type: 'error', ename: 'ZeroDivisionError', evalue: 'division by zero', traceback },
  ]),
  code('slider', [
    display({
      'application/vnd.jupyter.widget-view+json': { model_id: 'x' },
      'text/plain': 'IntSlider(value=0)',
    }),
  ]),
  markdown(
    '## Results\n\n![the setup](attachment:setup.svg) ![](https://images.example/a.png) ![the sample](figures/sample.png)',
    { attachments: { 'setup.svg': { 'image/svg+xml': Buffer.from(setup).toString('base64') } } },
  ),
  code('sympy.Eq(x, y)', [
    display({ 'text/latex': '$\\displaystyle x = \\frac{y}{2}$', 'text/plain': 'x = y/2' }),
  ]),
  { cell_type: 'raw', metadata: {}, source: 'A raw cell, for another program.' },
])
