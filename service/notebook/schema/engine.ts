import type { ErrorObject, KeywordDefinition, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Value } from '../parameters/value.ts'
import { compareDecimals, isMultiple, readDecimal, shortNumber } from './decimal.ts'
import { valueKey } from './equality.ts'
import { schemaForAjv, stepKeyword } from './for-ajv.ts'
import { formats } from './formats.ts'
import type { Nodes } from './nodes.ts'
import { compilePattern, type Pattern } from './patterns.ts'
import { asFragment } from './pointers.ts'
import { createSent } from './sent.ts'

/** The schema needs more steps for these values than anybody would wait for. */
export class TooInvolved extends Error {}

/** One schema, compiled by ajv. */
export interface Engine {
  /** From here on, the steps are counted from 0 again. */
  begin(): void
  /**
   * What is wrong with a value by the schema at a pointer: the first thing, and what led to it; nothing when it is valid.
   *
   * @throws TooInvolved
   */
  check(pointer: string, value: Value): readonly ErrorObject[]
  /** Whether a name matches a pattern of the schema. Counts, too. */
  matches(pattern: string, name: string): boolean
}

// A second or two: one step is one schema asked about one value, or one character matched or compared.
const mostSteps = 20_000_000

type Fits = (value: Value) => boolean

/**
 * ajv, with what it does in doubles done again on the digits sent, and with patterns that take linear time. It stops at
 * the first fault: a list of a million has no more.
 */
export function createEngine(nodes: Nodes): Engine {
  let sent = createSent()
  let steps = 0

  function spend(count: number): void {
    steps += count
    if (steps > mostSteps) throw new TooInvolved()
  }

  function expression(source: string): Pattern & { toString(): string } {
    const pattern = compilePattern(source)
    const test = (text: string) => {
      spend(text.length + 10)
      return pattern.test(text)
    }
    // ajv tells two expressions apart by what they are as texts.
    return { test, toString: () => source }
  }

  const ajv = createAjv(expression, () => spend(1))
  for (const [keyword, compile] of Object.entries(exactKeywords(spend))) {
    ajv.removeKeyword(keyword)
    ajv.addKeyword({
      keyword,
      compile: (wanted: unknown) => {
        const fits = compile(wanted as never)
        return (data: unknown) => fits(sent.sentBy(data))
      },
    })
  }
  ajv.addSchema(schemaForAjv(nodes), 'params')
  const compiled = new Map<string, ValidateFunction>()

  return {
    begin() {
      steps = 0
    },
    matches: (pattern, name) => expression(pattern).test(name),
    check(pointer, value) {
      const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `params${asFragment(pointer)}` })
      compiled.set(pointer, validate)
      sent = createSent()
      try {
        return validate(sent.dataOf(value)) ? [] : (validate.errors ?? [])
      } catch (error) {
        // Schemas that refer to each other a thousand times for one value exhaust the stack.
        if (error instanceof RangeError) throw new TooInvolved()
        throw error
      } finally {
        sent = createSent()
        validate.errors = null
      }
    },
  }
}

function createAjv(
  expression: (source: string) => Pattern & { toString(): string },
  count: () => void,
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: false,
    code: { optimize: false, regExp: Object.assign(expression, { code: 'undefined' }) },
    formats: Object.fromEntries(Object.entries(formats).map(([name, validate]) => [name, { validate }])),
    inlineRefs: false,
    logger: false,
    meta: false,
    strict: false,
    strictNumbers: true,
    validateSchema: false,
    verbose: true,
  })
  const validate = () => {
    count()
    return true
  }
  ajv.addKeyword({ keyword: stepKeyword, errors: false, validate })
  // After prefixItems, ajv leaves it out of lists that end before the first schema there that says anything.
  const contains = ajv.getKeyword('contains') as KeywordDefinition
  ajv.removeKeyword('contains')
  ajv.addKeyword({ ...contains, before: 'prefixItems' })
  return ajv
}

/** The keywords that compare numbers or whole values, each as what makes the check from what stands in the schema. */
function exactKeywords(spend: (steps: number) => void): Readonly<Record<string, (wanted: never) => Fits>> {
  const key = (value: Value) => {
    const text = valueKey(value)
    spend(text.length)
    return text
  }
  return {
    minimum: ordered((order) => order >= 0),
    maximum: ordered((order) => order <= 0),
    exclusiveMinimum: ordered((order) => order > 0),
    exclusiveMaximum: ordered((order) => order < 0),
    multipleOf,
    const: (wanted: Value) => {
      const only = valueKey(wanted)
      return (value) => key(value) === only
    },
    enum: (wanted: readonly Value[]) => {
      const keys = new Set(wanted.map(valueKey))
      return (value) => keys.has(key(value))
    },
    uniqueItems: (wanted: boolean) => (value) => {
      return !wanted || value.kind !== 'list' || new Set(value.items.map(key)).size === value.items.length
    },
  }
}

/** A comparison of numbers alone. What is not a number, `NaN`, is no valid one either. */
function ordered(fits: (order: number) => boolean): (wanted: string) => Fits {
  return (wanted) => {
    const limit = readDecimal(wanted)!
    const shortLimit = shortNumber(wanted)
    return (value) => {
      if (value.kind !== 'number') return true
      const difference = shortNumber(value.text) - shortLimit
      if (!Number.isNaN(difference)) return fits(difference)
      const decimal = readDecimal(value.text)
      return decimal !== undefined && fits(compareDecimals(decimal, limit))
    }
  }
}

function multipleOf(wanted: string): Fits {
  const step = readDecimal(wanted)!
  return (value) => {
    if (value.kind !== 'number') return true
    const decimal = readDecimal(value.text)
    return decimal !== undefined && isMultiple(decimal, step)
  }
}
