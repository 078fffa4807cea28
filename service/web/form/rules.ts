import type { FaultValues, ParameterProblem } from '../../fault.ts'
import { shorten } from '../../notebook/index.ts'
import { fill, type Texts } from '../texts/index.ts'
import type { Sentence } from '../texts/sentence.ts'
import { legibleName } from '../values/display-json.ts'
import { asksForWhole, type Control, type DecimalSign } from './control.ts'
import { exampleNumbers } from './numbers.ts'
import { wrappingOf } from './wrappings.ts'

/** What the page's script checks while one types, and what it says; all of it, and more, is checked by the service. */
export interface InputRule {
  readonly rule: ParameterProblem | 'digits' | 'separators' | 'not-json'
  readonly limit?: string
  readonly message: string
}

const ofNumbers = [
  ['minimum', 'minimum'],
  ['maximum', 'maximum'],
  ['exclusiveMinimum', 'above'],
  ['exclusiveMaximum', 'below'],
] as const
const ofTexts = [
  ['minLength', 'shortest'],
  ['maxLength', 'longest'],
  ['pattern', 'pattern'],
] as const

/** The rules of one control, by the same schema that ajv checks on the service, in the same words. */
export function rulesOf(control: Control, texts: Texts, decimal: DecimalSign): readonly InputRule[] {
  const { field, kind, required } = control
  const place = shorten(field.title)
  const examples = exampleNumbers(decimal, asksForWhole(control))
  const say = (sentence: Sentence, values: FaultValues = {}) =>
    fill(sentence, { place, ...examples, ...values })
  const sayRule = (name: ParameterProblem, limit = '') => {
    const said = name === 'missing' ? undefined : field.messages[name]
    return said === undefined
      ? say(texts.parameters[name], { limit })
      : say(texts.parameters.said, { said: legibleName(said) })
  }
  const rule = (name: ParameterProblem, limit?: string): InputRule => ({
    rule: name,
    message: sayRule(name, limit),
    ...(limit === undefined ? {} : { limit }),
  })
  const own = (name: 'digits' | 'separators' | 'not-json'): InputRule => ({
    rule: name,
    message: say(texts.template.problems[name]),
  })
  const limits = (keywords: readonly (readonly [string, ParameterProblem])[]) =>
    keywords.flatMap(([keyword, name]) => {
      const limit = field.limits[keyword]
      return limit === undefined ? [] : [rule(name, limit)]
    })

  const rules: InputRule[] = required ? [rule('missing')] : []
  if (kind === 'number') {
    const digits = asksForWhole(control) ? { ...own('digits'), message: sayRule('integer') } : own('digits')
    rules.push(own('separators'), digits)
  }
  // What is said of an object of SampleDB is not said of the number in it.
  if (wrappingOf(field) !== undefined) return rules
  if (kind === 'number') {
    if (field.types[0] === 'integer') rules.push(rule('integer'))
    rules.push(...limits(ofNumbers))
  }
  if (kind === 'line' || kind === 'text') rules.push(...limits(ofTexts))
  if (kind === 'json' || kind === 'any') rules.push(own('not-json'))
  if (kind === 'json' && field.types.length === 1) {
    rules.push(rule(field.types[0] === 'array' ? 'list' : 'object'))
  }
  return rules
}

/** The rules of the further values. */
export function rulesOfMore(texts: Texts): readonly InputRule[] {
  const place = texts.template.more
  return [
    { rule: 'not-json', message: fill(texts.template.problems['not-json'], { place }) },
    { rule: 'object', message: fill(texts.parameters.object, { place }) },
  ]
}
