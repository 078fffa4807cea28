import type { Texts } from '../../texts/index.ts'
import type { ProblemView } from './view.ts'

type Told = Pick<
  ProblemView,
  'user' | 'code' | 'status' | 'title' | 'sentence' | 'details' | 'written' | 'requestId'
>

/**
 * What a user sends to the people who run the service, as plain text: all that the page says, and what finds it in the
 * log. No address of a request: that is for its owner alone.
 *
 * @param told.time ISO 8601, UTC
 */
export function reportOf(
  told: Told & { readonly reason: string; readonly time: string },
  texts: Texts,
): string {
  const { problem, product } = texts
  const lines = [
    `${product}: ${told.title}`,
    told.sentence,
    ...(told.details ?? []).map((detail) => `- ${detail}`),
    told.written && problem.written[told.written],
    '',
    `${problem.code}: ${told.code} (${told.reason}, HTTP ${told.status})`,
    `${problem.requestId}: ${told.requestId}`,
    `${problem.time}: ${told.time.slice(0, 19).replace('T', ' ')} UTC`,
    told.user && `${problem.user}: ${told.user}`,
  ]
  return lines.filter((line) => line !== undefined).join('\n')
}
