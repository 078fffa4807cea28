import { createReads } from '../reads.ts'
import { parametersCellOf, type Review } from '../reviewed.ts'

/** Whether the `parameters` cell computes one value from another: `y = x * 2` keeps the example of x. */
export const derived: Review<'derived'> = {
  codes: { derived: 'warning' },
  find(notebook) {
    const { language } = notebook.compiled
    const cell = parametersCellOf(notebook)
    const source = cell?.source ?? ''
    const declared = language?.declared(source) ?? []
    const effects = language?.effects?.(source)
    if (language?.effects === undefined || effects === undefined) return []
    const names = new Set(declared.map(({ name }) => name))
    const defaults = new Map(declared.map((one) => [one.name, one.default]))
    const lines = source.split('\n')
    const found = new Map<string, { line: number; from: string }>()
    const readsOf = createReads(language, names)
    for (const effect of effects) {
      if (effect.kind !== 'sets' || !effect.plain || !names.has(effect.name)) continue
      const { name, line } = effect
      const value = defaults.get(name) ?? lines[line - 1] ?? ''
      const from = readsOf(value).find((read) => read !== name)
      if (from !== undefined) found.set(name, { line, from })
    }
    return Array.from(found, ([name, { line, from }]) => ({
      code: 'derived',
      cell: cell!.number,
      line,
      message: `${name} is computed from the example of ${from}, and stays so when another ${from} is sent`,
      remedy: `Compute ${name} in a later cell.`,
    }))
  },
}
