import { difficultParameters } from '../../difficult.ts'
import { checkAll, checkTrees } from './jvm-cases.ts'
import { scalaParameters, scalaPlanted } from './scala-cases.ts'
import { scalaOracle, scalaTree } from './scala-oracle.ts'

checkAll(
  'Scala 2 gets every value as the docs say, and the oracle finds what is wrong',
  'scala',
  scalaOracle('scala2'),
  scalaParameters,
  scalaPlanted,
)

checkTrees('Scala gets nothing but assignments of literals', scalaTree, () =>
  difficultParameters({ nul: true, random: 1000 }),
)
