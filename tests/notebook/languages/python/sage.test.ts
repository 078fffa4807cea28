import t from 'tap'
import { findLanguage } from '../../../../service/notebook/languages/index.ts'
import { sage } from '../../../../service/notebook/languages/python/sage.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf } from '../../support.ts'

const code = (json: string) => cellOf('sage', `{"x": ${json}}`).source.replace('# Parameters\n', '')

t.test('Sage gets values as in Python, but numbers of its own', async (t) => {
  const table: [json: string, code: string][] = [
    ['[null, true, 1, 2.5, "a^b"]', 'x = [None, True, 1, 2.5, "a^b"]'],
    ['{"a": [NaN, Infinity, -Infinity]}', 'x = {"a": [RR("NaN"), RR("+infinity"), RR("-infinity")]}'],
    ['1E400', 'x = 1E400'],
    ['12345678901234567890', 'x = 12345678901234567890'],
  ]
  for (const [json, expected] of table) t.equal(code(json), expected, json)
})

t.test(
  'names that Sage needs are kept free, and its preparser gets none that it would take apart',
  async (t) => {
    const sent = [
      'x',
      'e',
      'RR',
      'plot',
      'print',
      'temperature',
      'größe',
      'a\u03011',
      '_sage_const_1',
      'class',
    ]
    t.strictSame(nameVariables(sent, sage.identifiers, new Set()).variables, [
      ...['x', 'e_', 'RR_', 'plot_', 'print_', 'temperature', 'größe', 'a_1', 'p_sage_const_1', 'class_'],
    ])
  },
)

t.test('these languages are recognised by what their kernels are called', async (t) => {
  const table: [name: string, language: string | undefined][] = [
    ['octave', 'MATLAB/Octave'],
    ['xoctave', 'MATLAB/Octave'],
    ['matlab', 'MATLAB/Octave'],
    ['imatlab', 'MATLAB/Octave'],
    ['jupyter_matlab_kernel', 'MATLAB/Octave'],
    ['conda-env-lab-xoctave', 'MATLAB/Octave'],
    ['.net-csharp', 'C#'],
    ['icsharp', 'C#'],
    ['.net-fsharp', 'F#'],
    ['ifsharp', 'F#'],
    ['sagemath', 'SageMath'],
    ['sagemath-10.7', 'SageMath'],
    ['sage-10.4', 'SageMath'],
    ['.net-pwsh', undefined],
  ]
  for (const [name, language] of table) {
    const found = findLanguage({ language: name, byKernel: true })
    if (language !== undefined) t.equal(found?.name, language, name)
    else t.notMatch(found?.name, /MATLAB|C#|F#|Sage/, name)
  }
  for (const [name, language] of Object.entries({
    Octave: 'MATLAB/Octave',
    'C#': 'C#',
    'F#': 'F#',
    sage: 'SageMath',
  }))
    t.equal(findLanguage({ language: name, byKernel: false })?.name, language, name)
})
