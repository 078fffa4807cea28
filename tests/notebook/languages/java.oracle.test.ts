import { java } from '../../../service/notebook/languages/java.ts'
import { difficultParameters } from '../difficult.ts'
import { posts } from '../support.ts'
import { javaOracle } from './java-oracle.ts'
import {
  checkAll,
  checkOracle,
  longParameters,
  namesOfAll,
  textsOfAll,
  tooLargeParameters,
} from './jvm-cases.ts'

checkAll('Java gets every difficult value as the table in the docs says', 'java', javaOracle('java'), () =>
  difficultParameters({ nul: true, random: 1000 }),
)

checkAll('and so it does statement by statement, in JShell', 'java', javaOracle('jshell'), () => [
  ...difficultParameters({ nul: true, random: 30 }).filter((_, index) => index % 2 === 0),
  ...posts().map((post) => post.params_text),
])

checkAll(
  'Java takes every character of Unicode in texts and in names, and what is long',
  'java',
  javaOracle('java'),
  () => [...textsOfAll(), ...namesOfAll(java, 7), ...longParameters()],
)

checkAll('JShell reads megabytes', 'java', javaOracle('jshell'), () => longParameters().slice(0, 4))

checkAll(
  'what is too large for a class of Java is JSON text',
  'java',
  javaOracle('java', true),
  tooLargeParameters,
)

checkOracle(javaOracle('java'), [
  ['{"x": 1}', 'int x = 1;', true],
  ['{"x": 1}', 'long x = 1L;', false],
  ['{"x": 1}', 'int x = 2;', false],
  ['{"x": 1}', 'int x = (;', false],
  ['{"x": 1}', 'int x = y;', false],
  ['{"x": 1}', 'int x = 1; int y = 2;', false],
  ['{"x": 1}', 'int x = 1; } class Y {', false],
  ['{"x": 1}', 'int x = Math.abs(1);', false],
  ['{"x": 1}', 'int x = 1; { System.exit(0); }', false],
  ['{"x": -0.0}', 'double x = -0.0;', true],
  ['{"x": -0.0}', 'double x = 0.0;', false],
  ['{"x": "a"}', 'String x = "a";', true],
  ['{"x": "a"}', 'String x = "b";', false],
  ['{"x": null}', 'Object x = null;', true],
  ['{"x": [1, 2.5]}', 'java.util.List<Double> x = java.util.Arrays.asList(1.0, 2.5);', true],
  ['{"x": [1, 2.5]}', 'java.util.List<Number> x = java.util.Arrays.asList(1, 2.5);', false],
  ['{"x": {"a": 1}}', 'String x = "{}";', false],
])
