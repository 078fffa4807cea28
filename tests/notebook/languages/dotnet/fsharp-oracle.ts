import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Oracle } from '../../oracle.ts'
import { firstDifference } from '../../support.ts'
import { runNetCells } from './net-programs.ts'
import { shown, typeOfNet } from './net-values.ts'

/** F# Interactive, as IfSharp and .NET Interactive run it. */
export const fsharpOracle: Oracle = (cases) => {
  const variables = cases.map(({ params, names }) => readParameters(params).map(([name]) => names[name]))
  const set = runNetCells(
    'RunFSharpCells',
    cases.map(({ source }, index) => `${variables[index]!.join(' ')}\n${source}`),
  )
  return cases.map(({ params }, index) => {
    const wanted = readParameters(params).map(
      ([, value], at) =>
        `${variables[index]![at]} ${shown(value, typeOfNet(value), listOf, 'IDictionary`2')}`,
    )
    return firstDifference(set[index] ?? ['nothing'], wanted)
  })
}

const listOf = (item: string) => `${item} list`
