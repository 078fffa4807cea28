import { kotlin } from '../../../service/notebook/languages/kotlin.ts'
import { difficultParameters } from '../difficult.ts'
import { posts } from '../support.ts'
import {
  checkAll,
  checkTrees,
  longParameters,
  namesOfAll,
  type Planted,
  textsOfAll,
  tooLargeParameters,
} from './jvm-cases.ts'
import { kotlinOracle, kotlinTree } from './kotlin-oracle.ts'

const planted: Planted = [
  ['{"x": 1}', 'val x = 1', true],
  ['{"x": 1}', 'val x = 1L', false],
  ['{"x": 1}', 'val x = 2', false],
  ['{"x": 1}', 'val x = (', false],
  ['{"x": 1}', 'val x = y', false],
  ['{"x": 1}', 'val x = 1; val y = 2', false],
  ['{"x": 1}', 'val x = 1\n}\nclass Y {', false],
  ['{"x": 1}', 'val x = Math.abs(1)', false],
  ['{"x": 1}', 'val x = 1\ninit { System.exit(0) }', false],
  ['{"x": -0.0}', 'val x = -0.0', true],
  ['{"x": -0.0}', 'val x = 0.0', false],
  ['{"x": "$x"}', 'val x = "\\$x"', true],
  ['{"x": "$x"}', 'val x = "$x"', false],
  ['{"x": null}', 'val x: Any? = null', true],
  ['{"x": [1, 2.5]}', 'val x = listOf(1.0, 2.5)', true],
  ['{"x": [1, 2.5]}', 'val x = listOf<Number>(1, 2.5)', false],
  ['{"x": {"a": 1}}', 'val x = "{}"', false],
]

checkAll(
  'Kotlin gets every value as the docs say, and the oracle finds what is wrong',
  'kotlin',
  kotlinOracle(),
  () => [
    ...difficultParameters({ nul: true, random: 40 }),
    ...posts().map((post) => post.params_text),
    ...textsOfAll(),
    ...namesOfAll(kotlin, 251),
    ...longParameters(),
    ...tooLargeParameters(),
    '{"t": 1, "T": 2, "class": 3, "Class": 4, "Int": 5, "int": 6}',
  ],
  planted,
)

checkTrees('Kotlin gets nothing but assignments of literals', kotlinTree, () =>
  difficultParameters({ nul: true, random: 1000 }),
)
