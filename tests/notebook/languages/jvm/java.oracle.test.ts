import { java } from '../../../../service/notebook/languages/jvm/java.ts'
import { javaOracle } from './java-oracle.ts'
import { checkAll, type Planted, parametersOf } from './jvm-cases.ts'

const planted: Planted = [
  ['{"x": 1}', 'int x = 1;', true],
  ['{"x": 1}', 'long x = 1L;', false],
  ['{"x": 1}', 'int x = 2;', false],
  ['{"x": 1}', 'int x = "1";', false],
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
]

checkAll(
  'Java gets every value as the docs say, and the oracle finds what is wrong',
  'java',
  javaOracle('java'),
  () => parametersOf(java, { random: 1000, everyName: 7 }),
  planted,
)
