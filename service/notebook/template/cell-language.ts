import { findLanguage } from '../languages/index.ts'
import type { Language } from '../languages/language.ts'
import type { LanguageSources } from './language-sources.ts'

/** What the metadata of a cell say of its language. */
export interface CellMarks {
  /** SoS. */
  readonly kernel: unknown
  /** Polyglot notebooks: `kernelName`. */
  readonly polyglot: unknown
  /** .NET Interactive: `language`. */
  readonly dotnet: unknown
}

/** A line such as `%%R`, before all code of a cell; whether the new cell begins with it, too. */
export interface MagicLine {
  readonly line: string
  readonly repeated: boolean
}

/** In which language the `parameters` cell is, and with it the new cell. */
export interface CellLanguage {
  readonly language: Language | undefined
  /** The source without its magic line, in as many lines. */
  readonly body: string
  /** The line that is left out there. */
  readonly magic: MagicLine | undefined
  /** What its metadata have. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** The line, or the kernel, by which nothing that the cell sets reaches the other cells. */
  readonly withoutValues: string | undefined
}

/** Magics of IPython after which the cell is Python as ever. */
const transparent = new Set(['time', 'capture', 'prun', 'memit'])
/** Magics whose cells share their variables, and the language of these. */
const cellMagics = new Map([
  ['R', 'r'],
  ['julia', 'julia'],
  ['octave', 'octave'],
  ['matlab', 'matlab'],
  ['scala', 'scala'],
  ['local', 'python'],
  ['pyspark', 'python'],
])
/** Databricks has one interpreter for each of these in a notebook. */
const databricksMagics = new Map([
  ['python', 'python'],
  ['r', 'r'],
  ['scala', 'scala'],
])
/** Directives of .NET Interactive after which the cell is what it is without them. */
const directives = new Set('time share set import about connect log lsmagic who whos nuget'.split(' '))
/** Kernels of .NET Interactive that keep variables. A cell of JavaScript is a function of its own. */
const dotnetKernels = new Map([
  ['csharp', 'c#'],
  ['c#', 'c#'],
  ['cs', 'c#'],
  ['fsharp', 'f#'],
  ['f#', 'f#'],
  ['fs', 'f#'],
  ['pwsh', 'powershell'],
  ['powershell', 'powershell'],
])

const longestLine = 1000

/**
 * The first language that is known of: the cell's own where it keeps variables, else the notebook's. A mark that nobody here
 * knows is not passed over: the notebook's language would be wrong in silence.
 */
export function cellLanguage(source: string, marks: CellMarks, notebook: LanguageSources): CellLanguage {
  const plain = {
    language: notebook.language,
    body: source,
    magic: undefined,
    metadata: {},
    withoutValues: undefined,
  }
  const found = readMagic(source, notebook)
  const marked = readMarks(marks, notebook)
  if (found?.kind === 'switch') {
    const { line, body, language } = found
    if (language === undefined) return { ...plain, body: '', withoutValues: line }
    return { ...plain, language, body, magic: { line, repeated: true }, metadata: marked?.metadata ?? {} }
  }
  if (marked?.withoutValues !== undefined) return { ...plain, body: '', withoutValues: marked.withoutValues }
  if (found === undefined) return { ...plain, ...marked }
  return { ...plain, ...marked, body: found.body, magic: { line: found.line, repeated: false } }
}

type ReadMagic = { readonly line: string; readonly body: string } & (
  | { readonly kind: 'transparent' }
  | { readonly kind: 'switch'; readonly language: Language | undefined }
)

function readMagic(source: string, { language, host, named }: LanguageSources): ReadMagic | undefined {
  // Jupyter's kernels pass over empty lines before it.
  const [, before = '', line = ''] =
    /^((?:[ \t]*\r?\n)*)([^\r\n]*)/.exec(source.slice(0, 4 * longestLine)) ?? []
  if (line.length > longestLine) return undefined
  const body = source.slice(0, before.length) + source.slice(before.length + line.length)
  const rest = { line: line.trimEnd(), body }
  if (host === 'databricks') {
    const [, name] = /^%([a-z]+)(?=\s|$)/.exec(line) ?? []
    if (name !== undefined) return { ...rest, kind: 'switch', language: find(databricksMagics.get(name)) }
  }
  if (host === 'dotnet') {
    const [, name] = /^#!([^\s]+)/.exec(line) ?? []
    if (name === undefined) return undefined
    if (directives.has(name)) return { ...rest, kind: 'transparent' }
    return { ...rest, kind: 'switch', language: dotnetLanguage(name, named) }
  }
  if (language?.name !== 'Python' && language?.name !== 'SageMath') return undefined
  const [, name] = /^%%(\S+)/.exec(line) ?? []
  if (name === undefined) return undefined
  if (transparent.has(name)) return { ...rest, kind: 'transparent' }
  return { ...rest, kind: 'switch', language: find(cellMagics.get(name)) }
}

/** What the new cell takes over, and whether what it sets stays. */
function readMarks(
  marks: CellMarks,
  { host, named }: LanguageSources,
): Pick<CellLanguage, 'language' | 'metadata' | 'withoutValues'> | undefined {
  if (host === 'sos' && typeof marks.kernel === 'string' && marks.kernel !== '') {
    const { kernel } = marks
    const [language, byKernel = ''] = named.get(kernel.toLowerCase()) ?? []
    const found = find(language) ?? findLanguage({ language: byKernel, byKernel: true })
    const known = found ?? findLanguage({ language: kernel, byKernel: true })
    return { language: known, metadata: { kernel }, withoutValues: undefined }
  }
  if (host !== 'dotnet') return undefined
  const name = [marks.polyglot, marks.dotnet].find((one) => typeof one === 'string' && one !== '')
  // `.NET` is the kernel around all of them: it runs the default one.
  if (typeof name !== 'string' || name === '.NET') return undefined
  const metadata = {
    ...(typeof marks.dotnet === 'string' && { dotnet_interactive: { language: marks.dotnet } }),
    ...(typeof marks.polyglot === 'string' && { polyglot_notebook: { kernelName: marks.polyglot } }),
  }
  const language = dotnetLanguage(name, named)
  if (language === undefined) return { language: undefined, metadata: {}, withoutValues: name }
  return { language, metadata, withoutValues: undefined }
}

/** Also that of a kernel which was connected; what it is written in, the notebook's metadata say. */
function dotnetLanguage(name: string, named: LanguageSources['named']): Language | undefined {
  const known = find(dotnetKernels.get(name.toLowerCase()))
  if (known !== undefined) return known
  const language = find(named.get(name.toLowerCase())?.[0])
  return language?.name === 'JavaScript' ? undefined : language
}

function find(language: string | undefined): Language | undefined {
  return language === undefined ? undefined : findLanguage({ language, byKernel: false })
}
