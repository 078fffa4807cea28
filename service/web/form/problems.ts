import { Fault, type FaultDetail, type FaultValues } from '../../fault.ts'
import { shorten } from '../../notebook/index.ts'
import { detailsOf, sentenceOf } from '../pages/problem/problem.ts'
import { fill, type Texts } from '../texts/index.ts'
import type { FormProblem } from '../texts/template-texts.ts'
import type { Control } from './control.ts'

/** What is wrong with what was typed: found by the form itself, by the template's schema, or on the way to a notebook. */
export type Problem = FaultDetail | Fault | { readonly own: FormProblem; readonly values: FaultValues }

/** By the key of the control; `more` for the further values, '' for what belongs to no control. */
export type Problems = ReadonlyMap<string, Problem>

export const moreKey = '.more'

/** As a sentence in the reader's language. */
export function sayProblem(problem: Problem, texts: Texts): string {
  if (problem instanceof Fault) return sentenceOf(problem, texts)
  if ('own' in problem) return fill(texts.template.problems[problem.own], problem.values)
  return detailsOf(new Fault(20, 'not-as-declared', {}, { details: [problem] }), texts)[0]!
}

/** Codes that are about the values, so that the form can be shown again. */
const aboutValues = [15, 16, 20, 21]

/**
 * A fault as problems of the controls that it is about.
 *
 * @returns `undefined` when it has nothing to do with what was typed
 */
export function problemsOf(
  fault: Fault,
  controls: readonly Control[],
  hasMore: boolean,
): Problems | undefined {
  if (!aboutValues.includes(fault.code) || fault.reason === 'template-name') return undefined
  const problems = new Map<string, Problem>()
  const keyOf = (name: unknown) => controls.find(({ field }) => shorten(field.name) === name)?.key
  for (const detail of fault.details) {
    const key = keyOf(detail.values.name) ?? (hasMore ? moreKey : '')
    if (!problems.has(key)) problems.set(key, detail)
  }
  if (fault.details.length === 0) problems.set(keyOf(fault.values.name) ?? '', fault)
  return problems
}
