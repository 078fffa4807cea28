/**
 * Lets at most `most` actions run at a time; the others wait in line.
 *
 * @example const limited = createLimit(2); await Promise.all(files.map((file) => limited(() => read(file))))
 */
export function createLimit(most: number): <T>(action: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (action) => {
    // Whoever ends hands its place on, so that nobody can slip in between.
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await action()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
