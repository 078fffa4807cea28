import type { Test } from 'tap'
import { readParameters } from '../../service/notebook/parameters/read.ts'
import { makeCell } from '../../service/notebook/render/cell.ts'
import { seed, shrink } from './difficult.ts'
import { hostileSource, label, templateOf } from './support.ts'

/** A cell, and what it must set. */
export interface OracleCase {
  /** What was sent, as JSON text. */
  readonly params: string
  readonly source: string
  /** The variable of each name sent. */
  readonly names: Readonly<Record<string, string>>
  /** Makes a cell for other parameters in the same way: a fault is shown by the smallest that have it. */
  readonly again?: (params: string) => OracleCase
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
  const caseOf = (params: string): OracleCase => {
    const { source, names } = makeCell(readParameters(params), template, ['en'], [], {
      source: hostileSource,
    })
    return {
      params: params === '' ? '{}' : params,
      source,
      names: Object.fromEntries(names.map(({ sent, variable }) => [sent, variable!])),
      again: caseOf,
    }
  }
  return all.map(caseOf)
}

/** Nothing is wrong with any of the cells; the first few that are wrong are shown, the first one shrunk. */
export async function checkCases(t: Test, oracle: Oracle, cases: readonly OracleCase[]): Promise<void> {
  const faults = await oracle(cases)
  t.equal(faults.length, cases.length, `all ${cases.length} cells are judged`)
  const wrong = cases.filter((_, index) => faults[index] !== undefined)
  const found = wrong.slice(0, 5).map((one) => shown(one, faults[cases.indexOf(one)]))
  const smallest = wrong[0] && (await shrunk(oracle, wrong[0]))
  if (smallest !== undefined) found.unshift(`shrunk from seed ${seed}: ${smallest}`)
  t.strictSame(found, [], `${wrong.length} of ${cases.length} are wrong`)
}

async function shrunk(oracle: Oracle, { params, again }: OracleCase): Promise<string | undefined> {
  if (again === undefined) return undefined
  const faultOf = async (one: OracleCase) => (await oracle([one]))[0]
  const smallest = await shrink(params, async (smaller) => (await faultOf(again(smaller))) !== undefined)
  return smallest && shown(again(smallest), await faultOf(again(smallest)))
}

function shown({ params, source }: OracleCase, fault: string | undefined): string {
  return label(`${fault} | ${params} | ${source}`.slice(0, 1500))
}
