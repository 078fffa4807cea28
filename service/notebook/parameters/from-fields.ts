import { Fault } from '../../fault.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { type SaysSecrets, secretsOf } from './secrets.ts'
import { shorten } from './short-name.ts'
import type { Entry, Parameters, Value } from './value.ts'

/** Plain fields of a form in the order sent, names not unique. */
export type FormFields = readonly (readonly [name: string, value: string])[]

/** What a form that sends several files calls each of them, as SciCat's actions do. */
const numberedName = /^files\[(0|[1-9][0-9]{0,5})\]$/
const openName = 'files[]'
const listName = 'files'

/**
 * Plain form fields as parameters, each a text (DESIGN 2.2). `files[0]` … `files[n-1]`, or `files[]` as often as it is sent,
 * are one list `files`, unless the template declares such a name itself, or says that it is secret; all else is called as it was sent.
 *
 * @throws Fault 20 `repeated-field`, `mixed-fields` or `lone-surrogate`, with `name`
 */
export function parametersFromFields(
  fields: FormFields,
  template: Pick<CompiledTemplate, 'declared'> & SaysSecrets,
): Parameters {
  const listed = fields.filter(([name]) => name === openName || numberedName.test(name))
  const names = new Set(listed.map(([name]) => name))
  // In the list a secret would have another name, which nothing withholds.
  const isSecret = secretsOf(template, new Set())
  const isLiteral = template.declared.some(({ name }) => names.has(name)) || [...names].some(isSecret)
  const texts = isLiteral || listed.length === 0 ? undefined : inOrder(listed, fields)
  if (texts === undefined) return namedTexts(fields)
  const first = fields.indexOf(listed[0]!)
  const isListed = new Set(listed)
  const others = namedTexts(fields.filter((field) => !isListed.has(field)))
  return [...others.slice(0, first), [listName, { kind: 'list', items: texts }], ...others.slice(first)]
}

/** The texts of one list; undefined where they are none: a number is missing, or there twice. */
function inOrder(listed: FormFields, fields: FormFields): Value[] | undefined {
  const open = listed.filter(([name]) => name === openName).length
  const isMixed = (open > 0 && open < listed.length) || fields.some(([name]) => name === listName)
  if (isMixed) throw new Fault(20, 'mixed-fields', { name: listName })
  const texts = new Map<number, Value>()
  for (const [index, [name, value]] of listed.entries()) {
    texts.set(open > 0 ? index : Number(numberedName.exec(name)?.[1]), textOf(name, value))
  }
  const isComplete = listed.every((_, index) => texts.has(index))
  return isComplete ? listed.map((_, index) => texts.get(index)!) : undefined
}

function namedTexts(fields: FormFields): Entry[] {
  const names = new Set<string>()
  return fields.map(([name, value]): Entry => {
    if (names.has(name)) throw new Fault(20, 'repeated-field', { name: shorten(name) })
    names.add(name)
    return [name, textOf(name, value)]
  })
}

function textOf(name: string, value: string): Value {
  if (hasLoneSurrogate(name) || hasLoneSurrogate(value))
    throw new Fault(20, 'lone-surrogate', { name: shorten(name) })
  return { kind: 'text', value }
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}
