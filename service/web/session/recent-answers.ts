/** Answers about keys, the last one of each remembered for a moment. */
export interface RecentAnswers<T> {
  /** Asks again. */
  ask(key: string): Promise<T>
  /** What was last answered, or is being asked, when it is recent; else asks. */
  recent(key: string): Promise<T>
}

/**
 * @param question a failed one is not remembered
 * @param keepFor_ms from when it was asked
 * @param now milliseconds of a clock that does not go back
 */
export function createRecentAnswers<T>(
  question: (key: string) => Promise<T>,
  keepFor_ms: number,
  now: () => number = () => performance.now(),
): RecentAnswers<T> {
  // In the order in which they were asked.
  const asked = new Map<string, { readonly answer: Promise<T>; readonly until: number }>()

  function forgetOld(): void {
    for (const [key, { until }] of asked) {
      if (until > now()) return
      asked.delete(key)
    }
  }

  function ask(key: string): Promise<T> {
    const answer = question(key)
    const own = { answer, until: now() + keepFor_ms }
    forgetOld()
    asked.delete(key)
    asked.set(key, own)
    answer.catch(() => {
      if (asked.get(key) === own) asked.delete(key)
    })
    return answer
  }

  return {
    ask,
    recent(key) {
      forgetOld()
      return asked.get(key)?.answer ?? ask(key)
    },
  }
}
