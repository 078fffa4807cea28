import { Fault } from '../../fault.ts'
import { findProblems } from '../schema/check.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { shorten } from './short-name.ts'
import { translate } from './translated.ts'
import type { Parameters, Value } from './value.ts'

const mostNames = 5

/**
 * The parameters as the template wants them (DESIGN 2.2), in three steps: nulls by `on_null`, translated texts as plain
 * ones where it declares texts (or `translated` says so), and then all of it checked against its schema.
 *
 * @param languages the user's, best first
 * @param isChecked the schema has seen these parameters before, together with what was withheld from them since
 * @throws Fault 20 `null-refused` with `name`; `not-as-declared` with every problem as a detail, `names` and `count`;
 *   `not-checkable`
 */
export function settleParameters(
  parameters: Parameters,
  template: CompiledTemplate,
  languages: readonly string[],
  isChecked = false,
): Parameters {
  const { on_null: onNull, translated } = template.settings
  let set = onNull === 'value' ? parameters : withoutNulls(parameters, onNull)
  const texts = textNames(template)
  if (translated === 'plain') set = set.map(([name, value]) => [name, plainTexts(value, languages)])
  else if (texts.size > 0) {
    set = set.map((entry) => (texts.has(entry[0]) ? [entry[0], plainText(entry[1], languages)] : entry))
  }
  if (template.schema === undefined || isChecked) return set
  const details = findProblems(template.schema, set, languages)
  if (details.length === 0) return set
  const names = [...new Set(details.map(({ values }) => values.name))]
  const shown = names.slice(0, mostNames)
  if (names.length > mostNames) shown.push('…')
  throw new Fault(20, 'not-as-declared', { names: shown.join(', '), count: details.length }, { details })
}

function withoutNulls(parameters: Parameters, onNull: 'default' | 'refuse'): Parameters {
  return parameters.filter(([name, { kind }]) => {
    if (kind === 'null' && onNull === 'refuse') throw new Fault(20, 'null-refused', { name: shorten(name) })
    return kind !== 'null'
  })
}

const known = new WeakMap<CompiledTemplate, ReadonlySet<string>>()

/** The parameters that the template declares as texts. */
export function textNames(template: CompiledTemplate): ReadonlySet<string> {
  const names =
    known.get(template) ?? new Set(template.declared.filter(({ text }) => text).map(({ name }) => name))
  known.set(template, names)
  return names
}

/** A translated text as a plain one; any other value as it is. */
export function plainText(value: Value, languages: readonly string[]): Value {
  const text = translate(value, languages)
  return text === undefined ? value : { kind: 'text', value: text }
}

/** Every translated text, however deep, as a plain one. */
function plainTexts(value: Value, languages: readonly string[]): Value {
  if (value.kind === 'list')
    return { kind: 'list', items: value.items.map((item) => plainTexts(item, languages)) }
  if (value.kind !== 'object') return value
  const text = translate(value, languages)
  if (text !== undefined) return { kind: 'text', value: text }
  return {
    kind: 'object',
    entries: value.entries.map(([name, member]) => [name, plainTexts(member, languages)]),
  }
}
