import { scala } from '../../../../service/notebook/languages/jvm/scala.ts'
import { type Planted, parametersOf, plantedVals } from './jvm-cases.ts'

/** Both compilers of Scala judge these. */
export const scalaPlanted: Planted = [
  ...plantedVals,
  ['{"x": 1}', 'val x = math.abs(1)', false],
  ['{"x": 1}', 'val x = 1\nsys.exit(0)', false],
  ['{"x": "a"}', 'val x = "a"', true],
  ['{"x": "a"}', 'val x = s"a"', false],
  ['{"x": null}', 'val x : Any = null', true],
  ['{"x": [1, 2.5]}', 'val x = scala.List(1.0, 2.5)', true],
  ['{"x": [1, 2.5]}', 'val x = scala.List[Any](1, 2.5)', false],
]

/** And these, as JSON texts. */
export const scalaParameters = () => parametersOf(scala, { random: 60, everyName: 251 })
