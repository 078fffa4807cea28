import highlighter from 'highlight.js'
import { limits } from '../limits.ts'
import { revealUnseen } from '../unseen.ts'
import { type ElementContent, element, trusted, writeHtml } from './tree.ts'

/** What notebooks call languages that highlight.js knows by another name. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['ipython', 'python'],
  ['ipython3', 'python'],
  ['sage', 'python'],
  ['sagemath', 'python'],
  ['ir', 'r'],
  ['octave', 'matlab'],
  ['wolfram language', 'mathematica'],
  ['wolfram', 'mathematica'],
  ['xonsh', 'python'],
  ['pwsh', 'powershell'],
])

/** Its name for highlight.js; undefined: the code stays plain. `c++17` is `c++`. */
function grammarOf(languages: readonly string[]): string | undefined {
  const candidates = languages.flatMap((language) => {
    const name = language.toLowerCase().trim()
    return [name, otherNames.get(name), name.replace(/[\d.]+$/, '')]
  })
  return candidates.find(
    (one) => one !== undefined && one !== '' && highlighter.getLanguage(one) !== undefined,
  )
}

/** A block of code, its words coloured when the language is known and there is not too much of it. */
export function codeBlock(source: string, languages: readonly string[]): ElementContent {
  const grammar = source.length <= limits.highlighted ? grammarOf(languages) : undefined
  const html = grammar === undefined ? writeHtml([source]) : colour(source, grammar)
  return element('pre', { className: ['source'] }, element('code', {}, trusted(revealUnseen(html))))
}

/** It escapes what it is given and adds nothing but spans with classes. */
function colour(source: string, language: string): string {
  return highlighter.highlight(source, { language, ignoreIllegals: true }).value
}
