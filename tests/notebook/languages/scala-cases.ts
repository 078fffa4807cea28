import { scala } from '../../../service/notebook/languages/scala.ts'
import { difficultParameters } from '../difficult.ts'
import { posts } from '../support.ts'
import { longParameters, namesOfAll, type Planted, textsOfAll, tooLargeParameters } from './jvm-cases.ts'

/** Both compilers of Scala judge these. */
export const scalaPlanted: Planted = [
  ['{"x": 1}', 'val x = 1', true],
  ['{"x": 1}', 'val x = 1L', false],
  ['{"x": 1}', 'val x = 2', false],
  ['{"x": 1}', 'val x = (', false],
  ['{"x": 1}', 'val x = y', false],
  ['{"x": 1}', 'val x = 1; val y = 2', false],
  ['{"x": 1}', 'val x = 1\n}\nclass Y {', false],
  ['{"x": 1}', 'val x = math.abs(1)', false],
  ['{"x": 1}', 'val x = 1\nsys.exit(0)', false],
  ['{"x": -0.0}', 'val x = -0.0', true],
  ['{"x": -0.0}', 'val x = 0.0', false],
  ['{"x": "a"}', 'val x = "a"', true],
  ['{"x": "a"}', 'val x = s"a"', false],
  ['{"x": null}', 'val x : Any = null', true],
  ['{"x": [1, 2.5]}', 'val x = scala.List(1.0, 2.5)', true],
  ['{"x": [1, 2.5]}', 'val x = scala.List[Any](1, 2.5)', false],
  ['{"x": {"a": 1}}', 'val x = "{}"', false],
]

/** And these, as JSON texts. */
export const scalaParameters = () => [
  ...difficultParameters({ nul: true, random: 60 }),
  ...posts().map((post) => post.params_text),
  ...textsOfAll(),
  ...namesOfAll(scala, 251),
  ...longParameters(),
  ...tooLargeParameters(),
]
