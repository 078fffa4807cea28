import { findLanguage } from '../languages/index.ts'
import type { Language } from '../languages/language.ts'

/** What a notebook's metadata say of its language. */
export interface LanguageSources {
  /** The first that is known of (DESIGN 2.3): what none knows is not guessed. */
  readonly language: Language | undefined
  /** As the file says, for people; '' if it says nothing. */
  readonly name: string
  /** `kernelspec.name`, or ''. */
  readonly kernel: string
  /** What the cells of SoS or of a polyglot notebook call a language: the names that may stand for it. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Whose marks in cells count. */
  readonly host: 'sos' | 'dotnet' | 'databricks' | undefined
}

const databricks = 'application/vnd.databricks.v1+notebook'

/** Members of the metadata that are read here, in the order in which they are asked. */
export function readLanguageSources(member: (name: string) => unknown): LanguageSources {
  const kernelspec = asObject(member('kernelspec'))
  const kernel = cleanText(kernelspec.name)
  const info = cleanText(asObject(member('language_info')).name)
  const spec = cleanText(kernelspec.language)
  const ofDatabricks = member(databricks)
  const kernelInfo = asObject(asObject(member('polyglot_notebook')).kernelInfo)
  const sources = [
    { language: spec, byKernel: false },
    { language: info, byKernel: false },
    { language: kernel, byKernel: true },
    { language: cleanText(asObject(ofDatabricks).language), byKernel: false },
    { language: cleanText(kernelInfo.defaultKernelName), byKernel: false },
    // Colab writes no kernel for Python.
    { language: member('colab') !== undefined && kernel === '' ? 'python' : '', byKernel: false },
  ].filter(({ language }) => language !== '')
  const language = firstOf(sources.map(findLanguage))
  const hostOf = () => {
    if (spec === 'sos' || info === 'sos' || kernel === 'sos') return 'sos'
    if (/^(\.net|dotnet)-/.test(kernel) || info === 'polyglot-notebook') return 'dotnet'
    return ofDatabricks === undefined ? undefined : 'databricks'
  }
  return {
    language,
    name: sources[0]?.language ?? '',
    kernel,
    named: new Map([...sosKernels(member('sos')), ...polyglotKernels(kernelInfo.items)]),
    host: hostOf(),
  }
}

/** SoS: `kernels: [["R", "ir", "R", "#DCDCDA"], …]`, name, kernel and language. */
function sosKernels(sos: unknown): [string, string[]][] {
  return asList(asObject(sos).kernels).flatMap((entry): [string, string[]][] => {
    const [name, kernel, language] = asList(entry).map(cleanText)
    return name ? [[name.toLowerCase(), [language ?? '', kernel ?? '']]] : []
  })
}

/** Polyglot notebooks: `items: [{ name: "fsharp", languageName: "F#" }]`. */
function polyglotKernels(items: unknown): [string, string[]][] {
  return asList(items).flatMap((item): [string, string[]][] => {
    const { name, languageName } = asObject(item)
    const known = cleanText(name).toLowerCase()
    return known === '' ? [] : [[known, [cleanText(languageName)]]]
  })
}

function firstOf<T>(all: readonly (T | undefined)[]): T | undefined {
  return all.find((one) => one !== undefined)
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

// A list of a million kernels is none.
function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 100) : []
}

/** @returns '' for what is no text */
export function cleanText(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\u{fffd}').trim() : ''
}
