import { difficultParameters } from '../../difficult.ts'
import { posts } from '../../support.ts'
import { javaOracle } from './java-oracle.ts'
import { checkAll, longParameters } from './jvm-cases.ts'

checkAll(
  'JShell gets every value, statement by statement as the kernels run them',
  'java',
  javaOracle('jshell'),
  () => [
    ...difficultParameters({ nul: true, random: 30 }).filter((_, index) => index % 2 === 0),
    ...posts().map((post) => post.params_text),
    ...longParameters().slice(0, 3),
  ],
)
