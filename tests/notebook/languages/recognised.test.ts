import t from 'tap'
import { findLanguage, languages } from '../../../service/notebook/languages/index.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'

/** Names that kernels really have, by language. */
const kernels: Readonly<Record<string, string>> = {
  Python:
    'python3 ipython3 xpython conda-env-lab-py pysparkkernel pyspark3kernel glue_pyspark synapse_pyspark sos',
  R: 'ir R conda-env-r4-r sparkrkernel synapse_sparkr',
  Julia: 'julia-1.11 ijulia',
  'MATLAB/Octave': 'octave xoctave matlab jupyter_matlab_kernel imatlab',
  Scala: 'almond scala scala212 spylon-kernel apache_toree_scala sparkkernel glue_spark synapse_spark',
  'C#': '.net-csharp',
  'F#': '.net-fsharp',
  PowerShell: '.net-powershell .net-pwsh',
  Bash: 'bash calysto_bash',
  C: 'c xc17',
  'C++': 'xeus-cling xcpp17 xcpp20',
  JavaScript: 'ijavascript javascript jslab',
  TypeScript: 'tslab deno',
  Java: 'java ijava rapaio-jupyter-kernel',
  Kotlin: 'kotlin',
  Go: 'gophernotes gonb',
  Rust: 'evcxr rust',
  Ruby: 'ruby ruby3 iruby',
  SageMath: 'sagemath sagemath-10.4',
}

const nameOf = (language: string, byKernel: boolean) => findLanguage({ language, byKernel })?.name

t.test('every language is known by the names of its kernels', async (t) => {
  t.strictSame(Object.keys(kernels).sort(), languages.map(({ name }) => name).sort(), 'each has its row')
  for (const [language, names] of Object.entries(kernels)) {
    for (const name of names.split(' ')) t.equal(nameOf(name, true), language, name)
  }
})

t.test('no two languages claim the same name', async (t) => {
  const names = languages.flatMap(({ aliases }) => aliases)
  t.equal(new Set(names).size, names.length)
  for (const name of Object.values(kernels).flatMap((all) => all.split(' '))) {
    const small = name.toLowerCase()
    const claiming = languages.filter((one) => one.aliases.includes(small) || one.kernels.test(small))
    t.equal(new Set(claiming.map((one) => one.name)).size, 1, name)
  }
})

t.test('what nobody knows is not guessed', async (t) => {
  for (const name of ['', 'brainfuck', 'python-like', 'rr', 'c--', 'javascripty', 'my-r-kernel'])
    t.equal(nameOf(name, false), undefined, name)
  t.equal(nameOf('ir-like-kernel', false), undefined, 'a kernel’s pattern is not looked for in a language')
})

t.test('each source in the metadata is tried until one is known', async (t) => {
  const spec = (name: string, language?: string) => ({ kernelspec: { name, display_name: name, language } })
  const info = (name: string) => ({ language_info: { name } })
  const databricks = (language: string) => ({ 'application/vnd.databricks.v1+notebook': { language } })
  const polyglot = { polyglot_notebook: { kernelInfo: { defaultKernelName: 'fsharp', items: [] } } }
  const table: [metadata: object, language: string | undefined][] = [
    [{ ...spec('pysparkkernel', ''), ...info('pyspark') }, 'Python'],
    [{ ...spec('my-spark', ''), ...info('pyspark') }, 'Python'],
    [{ ...spec('sparkrkernel', ''), ...info('sparkR') }, 'R'],
    [{ ...spec('sparkkernel', ''), ...info('scala') }, 'Scala'],
    [{ ...spec('glue_pyspark', ''), ...info('Python_Glue_Session') }, 'Python'],
    [{ ...spec('glue_spark'), ...info('Scala_Glue_Session') }, 'Scala'],
    [{ ...spec('.net-csharp'), ...info('polyglot-notebook') }, 'C#'],
    [{ ...spec('.net-csharp', 'polyglot-notebook'), ...info('polyglot-notebook') }, 'C#'],
    [{ ...info('polyglot-notebook'), ...polyglot }, 'F#'],
    [databricks('python'), 'Python'],
    [databricks('scala'), 'Scala'],
    [databricks('sql'), undefined],
    [{ colab: { provenance: [] } }, 'Python'],
    [{ colab: {}, ...spec('ir') }, 'R'],
    [{ colab: {}, ...spec('xsql') }, undefined],
    [{ kernelspec: null, language_info: { name: 'julia' } }, 'Julia'],
    [{ ...spec('x', 'R'), ...info('python') }, 'R'],
  ]
  for (const [metadata, language] of table) {
    const file = JSON.stringify({ cells: [], metadata, nbformat: 4, nbformat_minor: 4 })
    t.equal(compileTemplate(Buffer.from(file)).language?.name, language, JSON.stringify(metadata))
  }
})
