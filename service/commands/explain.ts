import { Fault } from '../fault.ts'
import { TemplateFault } from '../notebook/index.ts'
import { detailsOf, sentenceOf } from '../web/pages/problem/problem.ts'
import { pickTexts } from '../web/texts/index.ts'

/** What a person can do something about, in a sentence; the rest as it is. */
export function explain(error: unknown): string {
  if (error instanceof Fault) {
    const texts = pickTexts('en')
    return [sentenceOf(error, texts), ...detailsOf(error, texts)].join('\n  ')
  }
  if (error instanceof TemplateFault) return error.message
  return error instanceof Error ? error.message : String(error)
}
