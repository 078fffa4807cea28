/** MIME type → what the notebook says for it, as it came. */
export type Bundle = ReadonlyMap<string, unknown>

export type Output =
  | { readonly kind: 'stream'; readonly error: boolean; readonly text: string }
  | { readonly kind: 'fault'; readonly name: string; readonly value: string; readonly traceback: string }
  | { readonly kind: 'data'; readonly data: Bundle; readonly about: Bundle }

/** A cell as nbformat 4 describes it, as far as it is shown. */
export interface ReadCell {
  readonly kind: 'markdown' | 'code' | 'raw'
  readonly source: string
  readonly outputs: readonly Output[]
  /** Name → bundle. */
  readonly attachments: ReadonlyMap<string, Bundle>
}

/**
 * Reads the JSON of one cell. A template is only known to have cells of a known type with JSON in them: whatever else is
 * not as nbformat wants it is passed over. Names are looked up among an object's own members alone, so that
 * `__proto__` is a name like any other.
 *
 * @throws SyntaxError when it is not JSON
 */
export function readShownCell(json: string): ReadCell {
  const cell = JSON.parse(json) as unknown
  const kind = member(cell, 'cell_type')
  const outputs = member(cell, 'outputs')
  const attachments = bundle(member(cell, 'attachments'))
  return {
    kind: kind === 'markdown' || kind === 'code' ? kind : 'raw',
    source: multiline(member(cell, 'source')),
    outputs: Array.isArray(outputs) ? outputs.flatMap(readOutput) : [],
    attachments: new Map(Array.from(attachments, ([name, data]) => [name, bundle(data)])),
  }
}

/** nbformat's multiline_string: a text, or a list of its pieces. */
export function multiline(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : ''
}

function readOutput(output: unknown): Output[] {
  const kind = member(output, 'output_type')
  switch (kind) {
    case 'stream': {
      const text = multiline(member(output, 'text'))
      return [{ kind, error: member(output, 'name') === 'stderr', text }]
    }
    case 'error': {
      const traceback = member(output, 'traceback')
      const lines = Array.isArray(traceback) ? traceback.filter((line) => typeof line === 'string') : []
      const [name, value] = [multiline(member(output, 'ename')), multiline(member(output, 'evalue'))]
      return [{ kind: 'fault', name, value, traceback: lines.join('\n') }]
    }
    case 'execute_result':
    case 'display_data':
      return [
        { kind: 'data', data: bundle(member(output, 'data')), about: bundle(member(output, 'metadata')) },
      ]
    default:
      return []
  }
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function bundle(value: unknown): Bundle {
  return new Map(isObject(value) ? Object.entries(value) : [])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
