import { Fault } from '../../fault.ts'
import { readSampledb } from '../parameters/sampledb.ts'
import { shorten } from '../parameters/short-name.ts'
import { translate } from '../parameters/translated.ts'
import type { Parameters, Value } from '../parameters/value.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { byteLength, checkComponent, type NamePart, parseComponent } from './name-parts.ts'
import { cleanValue, cutTo, endingOf, extension, finish, mostBytes } from './name-text.ts'
import { checkFillable } from './unfillable.ts'

/** Where a notebook is wanted. */
export interface WantedFile {
  /** From the server's root, parts separated by `/`; '' is the root. Never absolute, and no part is `..`. */
  readonly folder: string
  /** `name(1)` is `a.ipynb`, `name(2)` is `a (2).ipynb`. Holds no `/`. */
  name(copy: number): string
}

/** The path of a file in a folder; '' is the root. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/**
 * Fills `{name}` in a template's path with the parameters (DESIGN 2.4), in folders too. `{name}` is all that is
 * taken: there is no way to write a brace that stays, and a name holds no brace.
 *
 * @param options.template the template's path, which `checkTemplateName` found right
 * @param options.languages the user's, best first, for translated texts
 * @param options.target folder in the user's home; `{template_dir}` is the template's own folder
 * @param options.ifUnset of the template, by name in NFC: what fills a name whose parameter is null, empty or not sent
 * @param options.withheld names of secrets that were sent: they fill no name
 * @throws Fault 15 `missing` or `withheld` and 16 `not-a-name`, with `name`; 16 `template-name` when the path is not right
 */
export function placeNotebook(options: {
  template: string
  parameters: Parameters
  languages: readonly string[]
  target: string
  ifUnset?: CompiledTemplate['settings']['if_unset']
  withheld?: readonly string[]
}): WantedFile {
  if (checkTemplateName(options.template) !== undefined) throw new Fault(16, 'template-name')
  const values = new Map(options.parameters.map(([name, value]) => [name.normalize('NFC'), value]))
  const withheld = new Set(options.withheld?.map((name) => name.normalize('NFC')))
  const standIns = new Map(options.ifUnset)
  const fillingOf = (name: string) => {
    const key = name.normalize('NFC')
    if (withheld.has(key)) throw new Fault(15, 'withheld', { name: shorten(name) })
    const value = values.get(key)
    const unset = standIns.get(key)
    if (unset !== undefined && (value === undefined || value.kind === 'null')) return unset
    if (value === undefined) throw new Fault(15, 'missing', { name: shorten(name) })
    return textFor(name, value, options.languages) || (unset ?? '')
  }
  const fill = (component: string, ending: (copy: number) => string) => {
    const parts = parseComponent(component).map((part): NamePart => {
      if (part.kind === 'literal') return part
      return { kind: 'value', text: cleanValue(fillingOf(part.text)) }
    })
    return (copy: number) => assemble(parts, ending(copy))
  }
  const components = options.template.split('/')
  const file = components.pop()!.slice(0, -extension.length)
  const templateDir = components.map((component) => fill(component, () => '')(1)).join('/')
  return {
    folder: folderOf(options.target, templateDir),
    name: fill(file, endingOf),
  }
}

function folderOf(target: string, templateDir: string): string {
  const components = target
    .replaceAll('{template_dir}', () => templateDir)
    .split('/')
    .filter((component) => component !== '' && component !== '.')
  if (target.startsWith('/') || components.includes('..')) throw new Fault(16, 'template-name')
  return components.join('/')
}

/**
 * Why a path cannot be a template's, as an English sentence part for its author; `undefined` when it can. Braces
 * pair within each part of the path: `{name}`, not nested, not empty.
 *
 * @param compiled where it is known: then each name is one that some parameters can fill
 */
export function checkTemplateName(path: string, compiled?: CompiledTemplate): string | undefined {
  return checkPath(path) ?? (compiled && checkFillable(path, compiled))
}

function checkPath(path: string): string | undefined {
  if (!path.endsWith(extension)) return `its name does not end in ${extension}`
  if (/[\p{Cc}\\]/u.test(path)) return 'its path has a control character or a backslash'
  const components = path.split('/')
  for (const [index, component] of components.entries()) {
    const last = index === components.length - 1
    if (component === '' || component === '.' || component === '..' || (last && component === extension)) {
      return 'its path has an empty part, a . or a ..'
    }
    const reason = checkComponent(component)
    if (reason !== undefined) return reason
    const literal = parseComponent(component).map((part) => (part.kind === 'literal' ? part.text : '_'))
    if (byteLength(literal.join('')) > mostBytes - (last ? 10 : 0))
      return `its path has a part longer than ${mostBytes} bytes`
  }
  return undefined
}

/** The text that a parameter gives to a name. */
function textFor(name: string, value: Value, languages: readonly string[]): string {
  const text = scalarText(value) ?? translate(value, languages) ?? sampledbText(value, languages)
  if (text === undefined) throw new Fault(16, 'not-a-name', { name: shorten(name) })
  return text
}

function scalarText(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return value.value
    case 'number':
      return value.text
    case 'boolean':
      return String(value.value)
    case 'null':
      return 'unset'
    default:
      return undefined
  }
}

function sampledbText(value: Value, languages: readonly string[]): string | undefined {
  const { name, inside, second, base } = readSampledb(value) ?? {}
  const as = (kind: Value['kind']) => (inside?.kind === kind ? scalarText(inside) : undefined)
  switch (name) {
    case 'text':
      return as('text') ?? (inside && translate(inside, languages))
    case 'datetime':
      return as('text')
    case 'bool':
      return as('boolean')
    case 'quantity': {
      const magnitude = as('number')
      if (magnitude !== undefined) return withUnit(magnitude, second?.kind === 'text' ? second.value : '')
      return base && withUnit(base.number, base.unit)
    }
    default:
      return undefined
  }
}

/** SampleDB writes 1 for a quantity without units. */
function withUnit(number: string, unit = ''): string {
  return unit === '' || unit === '1' ? number : `${number} ${unit}`
}

/** One part of the path, at most 244 bytes with its ending: the longest value gives way, never the ending. */
function assemble(parts: readonly NamePart[], ending: string): string {
  if (parts.every((part) => part.kind === 'literal')) return parts.map((part) => part.text).join('') + ending
  const room = mostBytes - byteLength(ending)
  const texts = parts.map((part) => part.text)
  for (;;) {
    const name = finish(texts.join(''), ending === '')
    const excess = byteLength(name) - room
    if (excess <= 0) return name + ending
    let longest = -1
    parts.forEach((part, index) => {
      const length = byteLength(texts[index]!)
      if (part.kind === 'value' && length > (longest < 0 ? 0 : byteLength(texts[longest]!))) longest = index
    })
    if (longest < 0) return cutTo(name, room) + ending
    texts[longest] = cutTo(texts[longest]!, byteLength(texts[longest]!) - excess)
  }
}
