import { findAlike } from '../../../alike.ts'
import { shorten } from '../../parameters/short-name.ts'
import type { Value } from '../../parameters/value.ts'
import { isKnownFormat } from '../../schema/formats.ts'
import { keywords, kindOf } from '../../schema/keywords.ts'
import { schemaOf } from '../../schema/known.ts'
import { placeInSchema } from '../../schema/nodes.ts'
import { asText } from '../../schema/pointers.ts'
import type { Review } from '../reviewed.ts'

const most = 20

type Code = 'unknown-keyword' | 'unchecked-format'

/**
 * What a schema says and nobody checks: keywords that JSON Schema 2020-12 does not know (`nullable`, or a slip of the pen),
 * and unknown formats (`int32`). The draft lets both pass (core, 6.5; validation, 7.2.3); their author should know. Each
 * different one once, with the first place where it stands.
 */
export const schema: Review<Code> = {
  codes: { 'unknown-keyword': 'warning', 'unchecked-format': 'warning' },
  find({ compiled }) {
    const found = new Map<string, { code: Code; message: string; remedy: string }>()
    if (compiled.schema === undefined) return []
    for (const [pointer, node] of schemaOf(compiled.schema).nodes.all) {
      for (const [keyword, value] of node.kind === 'object' ? node.entries : []) {
        const ignored = ignoredOf(keyword, value)
        if (ignored === undefined || found.has(ignored.what) || found.size === most) continue
        const { code, what, remedy } = ignored
        const message = `its schema of the parameters has${placeInSchema(pointer)} ${what}`
        found.set(what, { code, message, remedy })
      }
    }
    return found.values()
  },
}

/** What people write who know another language of schemas. */
const meantBy: ReadonlyMap<string, string> = new Map([
  ['min', 'minimum'],
  ['max', 'maximum'],
  ['step', 'multipleOf'],
  ['regex', 'pattern'],
  ['regexp', 'pattern'],
  ['choices', 'enum'],
  ['options', 'enum'],
  ['values', 'enum'],
  ['label', 'title'],
  ['name', 'title'],
  ['help', 'description'],
  ['desc', 'description'],
  ['example', 'examples'],
  ['unit', 'x-unit'],
  ['units', 'x-unit'],
  ['order', 'x-order'],
  ['props', 'properties'],
])

const ownKeywords = keywords.filter((keyword) => keyword.startsWith('x-'))

function ignoredOf(keyword: string, value: Value): { code: Code; what: string; remedy: string } | undefined {
  const kind = kindOf(keyword)
  const isKnown = kind !== undefined || keywords.includes(keyword)
  const isOwn = keyword.startsWith('x-')
  const meant = meantBy.get(keyword.toLowerCase()) ?? findAlike(keyword, isOwn ? ownKeywords : keywords)
  if (!isKnown && (!isOwn || meant !== undefined)) {
    const hint = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`
    const what = `${JSON.stringify(shorten(keyword))}, which is no keyword of ${isOwn ? 'this service' : 'JSON Schema 2020-12'}: it is ignored${hint}`
    return {
      code: 'unknown-keyword',
      what,
      remedy: 'Correct its name, or begin it with x- if it is your own.',
    }
  }
  if (kind === 'format' && !isKnownFormat(value)) {
    const what = `the format ${JSON.stringify(shorten(asText(value) ?? ''))}, which is not known here: it is not checked`
    return { code: 'unchecked-format', what, remedy: 'Say what is valid by a pattern or by bounds as well.' }
  }
  return undefined
}
