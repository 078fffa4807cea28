import { kotlin } from '../../../../service/notebook/languages/jvm/kotlin.ts'
import { difficultParameters } from '../../difficult.ts'
import { checkAll, checkTrees, type Planted, parametersOf, plantedVals } from './jvm-cases.ts'
import { kotlinOracle, kotlinTree } from './kotlin-oracle.ts'

const planted: Planted = [
  ...plantedVals,
  ['{"x": 1}', 'val x = Math.abs(1)', false],
  ['{"x": 1}', 'val x = 1\ninit { System.exit(0) }', false],
  ['{"x": "$x"}', 'val x = "\\$x"', true],
  ['{"x": "$x"}', 'val x = "$x"', false],
  ['{"x": null}', 'val x: Any? = null', true],
  ['{"x": [1, 2.5]}', 'val x = listOf(1.0, 2.5)', true],
  ['{"x": [1, 2.5]}', 'val x = listOf<Number>(1, 2.5)', false],
]

checkAll(
  'Kotlin gets every value as the docs say, and the oracle finds what is wrong',
  'kotlin',
  kotlinOracle(),
  () => [
    ...parametersOf(kotlin, { random: 40, everyName: 251 }),
    '{"t": 1, "T": 2, "class": 3, "Class": 4, "Int": 5, "int": 6}',
  ],
  planted,
)

checkTrees('Kotlin gets nothing but assignments of literals', kotlinTree, () =>
  difficultParameters({ nul: true, random: 1000 }),
)
