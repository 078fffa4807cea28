import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Oracle } from '../../oracle.ts'
import { firstDifference } from '../../support.ts'
import { runNetCells } from './net-programs.ts'
import { shown, typeOfNet } from './net-values.ts'

/** Roslyn, to which each cell is a script as in .NET Interactive, and its syntax tree. */
export const csharpOracle: Oracle = (cases) => {
  const set = runNetCells(
    'RunCSharpCells',
    cases.map(({ source }) => source),
  )
  return cases.map(({ params, names }, index) => {
    const wanted = readParameters(params).map(
      ([name, value]) =>
        `${names[name]} ${shown(value, typeOfNet(value), (item) => `${item}[]`, 'Dictionary`2')}`,
    )
    return firstDifference(set[index] ?? ['nothing'], wanted)
  })
}
