import { Fault } from '../fault.ts'
import { byteLength, checkComponent, type Part, parseComponent } from './name-parts.ts'
import { cleanValue, cutTo, finish } from './name-text.ts'
import { type Parameters, shorten, type Value } from './parameters.ts'
import { translate } from './translated.ts'

/** Where a notebook is wanted. */
export interface WantedFile {
  /** Relative to the server's root, parts separated by `/`; '' is the root. */
  readonly folder: string
  /** `name(1)` is `a.ipynb`, `name(2)` is `a (2).ipynb`. */
  name(copy: number): string
}

/** The path of a file in a folder; '' is the root. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Jupyter cannot save a notebook whose name takes more bytes of UTF-8 (tried: it adds to the name while it saves). */
const mostBytes = 244
const extension = '.ipynb'

/**
 * Fills `{name}` in a template's path with the parameters (DESIGN 2.4), in folders too. `{name}` is all that is
 * taken: there is no way to write a brace that stays, and a name holds no brace.
 *
 * @param options.template the template's path, which `checkTemplateName` found right
 * @param options.languages the user's, best first, for translated texts
 * @param options.target folder in the user's home; `{template_dir}` is the template's own folder
 * @throws Fault 15 `missing` and 16 `not-a-name`, with `name`; 16 `template-name` when the path is not right
 */
export function placeNotebook(options: {
  template: string
  parameters: Parameters
  languages: readonly string[]
  target: string
}): WantedFile {
  if (checkTemplateName(options.template) !== undefined) throw new Fault(16, 'template-name')
  const values = new Map(options.parameters.map(([name, value]) => [name.normalize('NFC'), value]))
  const fill = (component: string, ending: (copy: number) => string) => {
    const parts = parseComponent(component).map((part): Part => {
      if (part.kind === 'literal') return part
      return { kind: 'value', text: cleanValue(fillingOf(part.text, values, options.languages)) }
    })
    return (copy: number) => assemble(parts, ending(copy))
  }
  const components = options.template.split('/')
  const file = components.pop()!.slice(0, -extension.length)
  const templateDir = components.map((component) => fill(component, () => '')(1)).join('/')
  return {
    folder: folderOf(options.target, templateDir),
    name: fill(file, (copy) => (copy > 1 ? ` (${copy})${extension}` : extension)),
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
 */
export function checkTemplateName(path: string): string | undefined {
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

/** The names of the parameters in a path that `checkTemplateName` found right, each once. */
export function namesInPath(path: string): readonly string[] {
  const parts = path.split('/').flatMap(parseComponent)
  return [...new Set(parts.flatMap(({ kind, text }) => (kind === 'value' ? [text] : [])))]
}

/** The text that a parameter gives to a name. */
function fillingOf(name: string, values: ReadonlyMap<string, Value>, languages: readonly string[]): string {
  const value = values.get(name.normalize('NFC'))
  if (value === undefined) throw new Fault(15, 'missing', { name: shorten(name) })
  const text = plain(value) ?? translate(value, languages) ?? sampledbText(value, languages)
  if (text === undefined) throw new Fault(16, 'not-a-name', { name: shorten(name) })
  return text
}

function plain(value: Value): string | undefined {
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

/** SampleDB's objects, by `_type`. */
function sampledbText(value: Value, languages: readonly string[]): string | undefined {
  if (value.kind !== 'object') return undefined
  const members = new Map(value.entries)
  const member = (name: string, kind: Value['kind']) => {
    const found = members.get(name)
    return found?.kind === kind ? plain(found) : undefined
  }
  switch (member('_type', 'text')) {
    case 'text':
      return (
        member('text', 'text') ??
        (members.has('text') ? translate(members.get('text')!, languages) : undefined)
      )
    case 'datetime':
      return member('utc_datetime', 'text')
    case 'bool':
      return member('value', 'boolean')
    case 'quantity': {
      const units = member('units', 'text') ?? ''
      const magnitude = member('magnitude', 'number')
      // SampleDB writes 1 for a quantity without units.
      return magnitude !== undefined && units !== '' && units !== '1' ? `${magnitude} ${units}` : magnitude
    }
    default:
      return undefined
  }
}

/** One part of the path, at most 244 bytes with its ending: the longest value gives way, never the ending. */
function assemble(parts: readonly Part[], ending: string): string {
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
