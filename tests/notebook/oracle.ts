import type { Test } from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { readParameters } from '../../service/notebook/parameters.ts'
import { label, templateOf } from './support.ts'

/** A cell, and what it must set. */
export interface OracleCase {
  /** What was sent, as JSON text. */
  readonly params: string
  readonly source: string
  /** The variable of each name sent. */
  readonly names: Readonly<Record<string, string>>
}

/**
 * Runs cells by the language's own interpreter or compiler, many in one process, and compares the variables that they
 * set with what was sent (docs/languages.md): what is wrong with each cell, in the order given; `undefined` is nothing.
 * A cell that is anything but assignments of literals, or that the language cannot read, is wrong, and the others are
 * judged all the same.
 */
export type Oracle = (
  cases: readonly OracleCase[],
) => readonly (string | undefined)[] | Promise<readonly (string | undefined)[]>

/** The cells of this service for parameters given as JSON texts. */
export function casesOf(language: string, all: readonly string[], parametersSource?: string): OracleCase[] {
  const template = templateOf(language, parametersSource)
  return all.map((params) => {
    const { source, names } = makeCell(readParameters(params), template, ['en'])
    return {
      params: params === '' ? '{}' : params,
      source,
      names: Object.fromEntries(names.map(({ sent, variable }) => [sent, variable!])),
    }
  })
}

/** Nothing is wrong with any of the cells; the first few that are wrong are shown. */
export async function checkCases(t: Test, oracle: Oracle, cases: readonly OracleCase[]): Promise<void> {
  const faults = await oracle(cases)
  t.equal(faults.length, cases.length, `all ${cases.length} cells are judged`)
  const wrong = cases.flatMap(({ params, source }, index) =>
    faults[index] === undefined ? [] : [label(`${faults[index]} | ${params} | ${source}`.slice(0, 1500))],
  )
  t.strictSame(wrong.slice(0, 5), [], `${wrong.length} of ${cases.length} are wrong`)
}
