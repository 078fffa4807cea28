import { checkAll } from './jvm-cases.ts'
import { scalaParameters, scalaPlanted } from './scala-cases.ts'
import { scalaOracle } from './scala-oracle.ts'

checkAll(
  'Scala 3 gets every value as the docs say, and the oracle finds what is wrong',
  'scala',
  scalaOracle('scala3'),
  scalaParameters,
  scalaPlanted,
)
