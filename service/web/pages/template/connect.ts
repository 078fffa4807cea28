import {
  type Field,
  makeSampledb,
  type Parameters,
  sampledbKinds,
  type Value,
  writeValue,
} from '../../../notebook/index.ts'
import type { Settings } from '../../../settings/settings.ts'
import type { Control } from '../../form/control.ts'
import { encodePart } from '../../percent.ts'
import type { ConnectView } from './view.ts'

/** Stands in addresses where nobody knows the service's own; the page's script puts the browser's in its place. */
const unknownOrigin = 'https://jupyterhub.example.com'

/**
 * Where browsers find this service, as its settings tell: no header of a request can say otherwise.
 *
 * @returns `undefined` where they do not tell
 */
export function publicOriginOf({ hub }: Pick<Settings, 'hub'>): string | undefined {
  const url = hub?.publicUrl
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined
}

/** What a data platform needs for a button to a template, ready to be pasted. */
export function connectTo(options: {
  readonly path: string
  readonly title: string
  readonly controls: readonly Control[]
  /** Whether it accepts the number of the object, by which the notebook knows its source. */
  readonly takesObjectId: boolean
  readonly origin: string | undefined
  readonly prefix: string
}): ConnectView {
  const { path, title, controls, takesObjectId, origin, prefix } = options
  const url = `${origin ?? unknownOrigin}${prefix}t/${encodeAll(path)}`
  const params = escapeUnseen(exampleOf(controls))
  return {
    origin,
    placeholder: unknownOrigin,
    snippets: {
      sampledb: sampledbEntry(path, title, controls, takesObjectId),
      form: [
        `<form method="post" action="${url}">`,
        `  <input type="hidden" name="params" value='${escapeHtml(params)}'>`,
        `  <button>${escapeHtml(title)}</button>`,
        '</form>',
      ].join('\n'),
      link: `${url}?params=${encodePart(params)}`,
      curl: `curl --include --data-urlencode ${quoteForShell(`params=${params}`)} ${quoteForShell(url)}`,
    },
  }
}

/** What SampleDB calls the number of the object, for which there are no steps. */
export const objectId = 'object_id'

/** SampleDB refuses other members, and addresses that are not relative; it writes braces as they are. */
function sampledbEntry(
  path: string,
  title: string,
  controls: readonly Control[],
  takesObjectId: boolean,
): string {
  const url = encodeAll(path).replaceAll('%7B', '{').replaceAll('%7D', '}')
  const json = (text: string) => escapeUnseen(JSON.stringify(text))
  const declared = controls.filter(({ field }) => field.name !== objectId)
  const params = declared.map(({ field }) => {
    const steps = [field.name, ...stepInto(field)].map(json)
    return `      ${json(field.name)}: [${steps.join(', ')}]`
  })
  if (takesObjectId) params.unshift(`      ${json(objectId)}: ${json(objectId)}`)
  const members = params.length === 0 ? '{}' : `{\n${params.join(',\n')}\n    }`
  return `"notebookTemplates": [
  {
    "title": ${json(title)},
    "url": ${json(url)},
    "params": ${members}
  }
]`
}

/** Which part of SampleDB's value is wanted; nothing: all of it. */
function stepInto({ types, sampledb, format, pointer, choices }: Field): readonly string[] {
  if (sampledb !== undefined || types.length !== 1) return []
  if (format === 'date-time') return [sampledbKinds.datetime.member]
  if (types[0] === 'string') return [sampledbKinds.text.member]
  if (types[0] === 'boolean') return [sampledbKinds.bool.member]
  const isNumber = types[0] === 'number' || types[0] === 'integer'
  return isNumber && pointer !== undefined && choices === undefined ? [sampledbKinds.quantity.member] : []
}

/** Parameters that show how they are sent: what must be sent, and what the template has an example for. */
function exampleOf(controls: readonly Control[]): string {
  const shown = controls.filter(
    ({ required, field }) => required || (field.value !== undefined && field.value.kind !== 'null'),
  )
  const entries = (shown.length > 0 ? shown : controls.slice(0, 1)).map(({ field }): Parameters[number] => [
    field.name,
    exampleValue(field),
  ])
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}: ${writeValue(value)}`).join(', ')}}`
}

const examples: Readonly<Record<string, string>> = {
  date: '2024-05-06',
  time: '07:08:09',
  'date-time': '2024-05-06 07:08:09',
}

function exampleValue({ value, choices, types, format, limits, sampledb, units }: Field): Value {
  if (value !== undefined && value.kind !== 'null') return value
  if (choices?.[0] !== undefined) return choices[0].value
  if (sampledb === 'quantity') {
    const [unit = 'degC'] = units ?? []
    return makeSampledb('quantity', { kind: 'number', text: '21.5' }, unit)
  }
  switch (types[0]) {
    case 'number':
    case 'integer':
      return { kind: 'number', text: limits.minimum ?? '1' }
    case 'boolean':
      return { kind: 'boolean', value: true }
    case 'array':
      return { kind: 'list', items: [] }
    case 'object':
      return { kind: 'object', entries: [] }
    default:
      return { kind: 'text', value: (format && examples[format]) ?? 'Experiment-12345' }
  }
}

function encodeAll(path: string): string {
  return path.split('/').map(encodePart).join('/')
}

/** For what stands between tags or single quotes: there a double quote is one that can be read. */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `&#${sign.codePointAt(0)};`)
}

/** Between single quotes a POSIX shell takes everything as it is but the quote itself. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** In JSON text: what cannot be seen could not be checked before it is pasted. */
function escapeUnseen(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
