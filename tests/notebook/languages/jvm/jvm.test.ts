import t from 'tap'
import { findLanguage } from '../../../../service/notebook/languages/index.ts'
import { cellOf, label, templateOf } from '../../support.ts'

/** The cell for one parameter, after its first line and Java's method. */
const code = (language: string, json: string, parameters?: string) =>
  cellOf(language, `{"x": ${json}}`, parameters).source.replace(/^\/\/ Parameters\n(java[\s\S]*?\n\}\n)?/, '')

t.test('Java, Kotlin and Scala get every kind of value in their own way', async (t) => {
  const table: [json: string, java: string, kotlin: string, scala: string][] = [
    ['null', 'Object x = null;', 'val x: Any? = null', 'val x : Any = null'],
    ['true', 'boolean x = true;', 'val x = true', 'val x = true'],
    ['-0', 'int x = 0;', 'val x = 0', 'val x = 0'],
    ['2147483647', 'int x = 2147483647;', 'val x = 2147483647', 'val x = 2147483647'],
    ['-2147483648', 'int x = -2147483648;', 'val x = Int.MIN_VALUE', 'val x = -2147483648'],
    ['2147483648', 'long x = 2147483648L;', 'val x = 2147483648L', 'val x = 2147483648L'],
    [
      '-9223372036854775808',
      'long x = -9223372036854775808L;',
      'val x = Long.MIN_VALUE',
      'val x = -9223372036854775808L',
    ],
    [
      '12345678901234567890',
      'java.math.BigInteger x = new java.math.BigInteger("12345678901234567890");',
      'val x = java.math.BigInteger("12345678901234567890")',
      'val x = scala.BigInt("12345678901234567890")',
    ],
    ['1.0', 'double x = 1.0;', 'val x = 1.0', 'val x = 1.0'],
    ['-0.0', 'double x = -0.0;', 'val x = -0.0', 'val x = -0.0'],
    [
      '1E400',
      'double x = Double.POSITIVE_INFINITY;  // beyond the range of double',
      'val x = Double.POSITIVE_INFINITY  // beyond the range of double',
      'val x = scala.Double.PositiveInfinity  // beyond the range of double',
    ],
    [
      '-1e-400',
      'double x = -0.0;  // too small for double',
      'val x = -0.0  // too small for double',
      'val x = -0.0  // too small for double',
    ],
    ['NaN', 'double x = Double.NaN;', 'val x = Double.NaN', 'val x = scala.Double.NaN'],
    [
      '-Infinity',
      'double x = Double.NEGATIVE_INFINITY;',
      'val x = Double.NEGATIVE_INFINITY',
      'val x = scala.Double.NegativeInfinity',
    ],
    ['"µm 😀"', 'String x = "µm 😀";', 'val x = "µm 😀"', 'val x = "µm 😀"'],
    [
      '"$x \\\\u0041 \\"\\n"',
      'String x = "$x \\\\u0041 \\"\\n";',
      'val x = "\\$x \\\\u0041 \\"\\n"',
      'val x = "$x \\\\u0041 \\"\\n"',
    ],
    [
      '"\\u001bA\\u0085\\u202e\\udb40\\udc67"',
      'String x = "\\u001bA\\u0085\\u202e\\udb40\\udc67";',
      'val x = "\\u001bA\\u0085\\u202e\\udb40\\udc67"',
      'val x = "\\u001bA\\u0085\\u202e\\udb40\\udc67"',
    ],
    [
      '[]',
      'java.util.List<Object> x = java.util.Arrays.<Object>asList();',
      'val x = listOf<Any?>()',
      'val x = scala.List[Any]()',
    ],
    [
      '[1, 2]',
      'java.util.List<Integer> x = java.util.Arrays.asList(1, 2);',
      'val x = listOf(1, 2)',
      'val x = scala.List(1, 2)',
    ],
    [
      '[1, 2.5]',
      'java.util.List<Double> x = java.util.Arrays.asList(1.0, 2.5);',
      'val x = listOf(1.0, 2.5)',
      'val x = scala.List(1.0, 2.5)',
    ],
    [
      '[1, 9007199254740993]',
      'java.util.List<Long> x = java.util.Arrays.asList(1L, 9007199254740993L);',
      'val x = listOf(1L, 9007199254740993L)',
      'val x = scala.List(1L, 9007199254740993L)',
    ],
    [
      '[1.5, 9007199254740993]',
      'java.util.List<Number> x = java.util.Arrays.<Number>asList(1.5, 9007199254740993L);',
      'val x = listOf<Number>(1.5, 9007199254740993L)',
      'val x = scala.List[Any](1.5, 9007199254740993L)',
    ],
    [
      '[1, null, 2.5]',
      'java.util.List<Double> x = java.util.Arrays.asList(1.0, null, 2.5);',
      'val x = listOf<Double?>(1.0, null, 2.5)',
      'val x = scala.List[Any](1.0, null, 2.5)',
    ],
    [
      '["a", null]',
      'java.util.List<String> x = java.util.Arrays.asList("a", null);',
      'val x = listOf<String?>("a", null)',
      'val x = scala.List[String]("a", null)',
    ],
    [
      '[null]',
      'java.util.List<Object> x = java.util.Arrays.<Object>asList((Object) null);',
      'val x = listOf<Any?>(null)',
      'val x = scala.List[Any](null)',
    ],
    [
      '[1, "a"]',
      'java.util.List<Object> x = java.util.Arrays.<Object>asList(1, "a");',
      'val x = listOf<Any?>(1, "a")',
      'val x = scala.List[Any](1, "a")',
    ],
    [
      '[[1, 2.5], []]',
      'java.util.List<java.util.List<Double>> x = java.util.Arrays.asList(\n    java.util.Arrays.asList(1.0, 2.5),\n    java.util.Arrays.asList()\n);',
      'val x = listOf<List<Double>>(listOf(1.0, 2.5), listOf())',
      'val x = scala.List[scala.List[Double]](scala.List(1.0, 2.5), scala.List())',
    ],
    [
      '[["a", 1], [2]]',
      'java.util.List<java.util.List<Object>> x = java.util.Arrays.asList(\n    java.util.Arrays.<Object>asList("a", 1),\n    java.util.Arrays.<Object>asList(2)\n);',
      'val x = listOf<List<Any?>>(listOf<Any?>("a", 1), listOf<Any?>(2))',
      'val x = scala.List[scala.List[Any]](scala.List[Any]("a", 1), scala.List[Any](2))',
    ],
    [
      '{}',
      'java.util.Map<String, Object> x = mapOf();',
      'val x = mapOf<String, Any?>()',
      'val x = scala.collection.immutable.ListMap[String, Any]()',
    ],
    [
      '{"a": 1, "b": null}',
      'java.util.Map<String, Object> x = mapOf("a", 1, "b", null);',
      'val x = mapOf<String, Any?>("a" to 1, "b" to null)',
      'val x = scala.collection.immutable.ListMap[String, Any]("a" -> 1, "b" -> null)',
    ],
    [
      '[{"a": 1}]',
      'java.util.List<java.util.Map<String, Object>> x = java.util.Arrays.asList(mapOf("a", 1));',
      'val x = listOf<Map<String, Any?>>(mapOf<String, Any?>("a" to 1))',
      'val x = scala.List[scala.collection.immutable.Map[String, Any]](\n    scala.collection.immutable.ListMap[String, Any]("a" -> 1)\n)',
    ],
  ]
  for (const [json, java, kotlin, scala] of table) {
    t.equal(code('java', json), java, label(`java ${json}`))
    t.equal(code('kotlin', json), kotlin, label(`kotlin ${json}`))
    t.equal(code('scala', json), scala, label(`scala ${json}`))
  }
})

t.test('a value gets the type that its parameters cell says, where that holds it', async (t) => {
  const table: [language: string, parameters: string, json: string, code: string][] = [
    ['java', 'double x = 21.5;', '21', 'double x = 21.0;'],
    ['java', 'long x = 5;', '21', 'long x = 21L;'],
    ['java', 'int x = 5;', '21.5', 'double x = 21.5;'],
    ['java', 'double x = 5;', '9007199254740993', 'long x = 9007199254740993L;'],
    ['java', 'String x = "a";', 'null', 'String x = null;'],
    ['java', 'double x = 1;', 'null', 'Double x = null;'],
    ['java', 'double x = 1;', '"a"', 'String x = "a";'],
    [
      'java',
      'List<Double> x = List.of();',
      '[1, 2]',
      'java.util.List<Double> x = java.util.Arrays.asList(1.0, 2.0);',
    ],
    ['java', 'List<Double> x = List.of();', '[]', 'java.util.List<Double> x = java.util.Arrays.asList();'],
    ['java', 'int[] x = {1};', '[1]', 'java.util.List<Integer> x = java.util.Arrays.asList(1);'],
    ['kotlin', 'val x = 21.5', '21', 'val x = 21.0'],
    ['kotlin', 'var x: Double? = null', '21', 'var x = 21.0'],
    ['kotlin', 'val x: String? = "a"', 'null', 'val x: String? = null'],
    ['kotlin', 'val x: List<Any?> = listOf()', '[1, 2]', 'val x = listOf<Any?>(1, 2)'],
    ['kotlin', 'val x = 5L', '21', 'val x = 21L'],
    ['kotlin', 'val x = 5', '21', 'val x = 21'],
    ['scala', 'var x = 21.5', '21', 'var x = 21.0'],
    ['scala', 'val x: Double = 1', '21', 'val x = 21.0'],
    ['scala', 'val x: String = null', 'null', 'val x : String = null'],
    ['scala', 'val x: List[Double] = Nil', '[1, 2]', 'val x = scala.List(1.0, 2.0)'],
  ]
  for (const [language, parameters, json, expected] of table)
    t.equal(code(language, json, parameters), expected, label(`${parameters} and ${json}`))
})

t.test('names are those of the language, and none that it needs', async (t) => {
  const table: [sent: string, java: string, kotlin: string, scala: string][] = [
    ['temperature', 'temperature', 'temperature', 'temperature'],
    ['Größe', 'Größe', 'Größe', 'Größe'],
    ['日本', '日本', '日本', '日本'],
    ['a-b', 'a_b', 'a_b', 'a_b'],
    ['2nd', '_2nd', 'x_2nd', 'x_2nd'],
    ['', '__', 'x_', 'x_'],
    ['_', '__', 'x__', '__'],
    ['__', '__', 'x___', '__'],
    ['$x', '$x', '_x', '_x'],
    ['$1', '$1_', '_1', '_1'],
    ['class', 'class_', 'class_', 'class_'],
    ['val', 'val', 'val_', 'val_'],
    ['double', 'double_', 'double', 'double'],
    ['yield', 'yield_', 'yield', 'yield_'],
    ['java', 'java_', 'java_', 'java_'],
    ['String', 'String_', 'String_', 'String_'],
    ['Double', 'Double_', 'Double_', 'Double_'],
    ['List', 'List_', 'List', 'List_'],
    ['scala', 'scala', 'scala', 'scala_'],
    ['toString', 'toString', 'toString', 'toString_'],
    ['math', 'math', 'math', 'math_'],
    ['res1', 'res1', 'res1_', 'res1_'],
    ['𝒙', '𝒙', 'x__', '__'],
  ]
  const variable = (language: string, sent: string) =>
    cellOf(language, JSON.stringify({ [sent]: 1 })).names[0]!.variable
  for (const [sent, java, kotlin, scala] of table) {
    t.equal(variable('java', sent), java, label(`java ${sent}`))
    t.equal(variable('kotlin', sent), kotlin, label(`kotlin ${sent}`))
    t.equal(variable('scala', sent), scala, label(`scala ${sent}`))
  }
  const declared = cellOf('java', '{"Date": 1, "String": 2}', 'int Date = 1, String = 2;')
  t.strictSame(
    declared.names.map((name) => name.variable),
    ['Date', 'String_'],
    'what a cell declares is set, but for what the cell itself needs',
  )
  const both = cellOf('kotlin', '{"t": 1, "T": 2, "class": 3, "Class": 4}')
  t.strictSame(
    both.names.map((name) => name.variable),
    ['t', 'T_2', 'class_', 'Class'],
    'two that share a getter are numbered',
  )
})

t.test('a comment holds no character that Java or an old Scala would read from an escape', async (t) => {
  const params = JSON.stringify({ '\u001a println(1)': 1, '\\u001a': 2, 'ü*/': 3 })
  for (const language of ['java', 'kotlin', 'scala']) {
    const { source } = cellOf(language, params)
    t.match(source, '// "\\\\u001a println(1)"')
    t.match(source, '// "\\\\u001a"')
    t.match(source, '// "\\u00fc*\\/"')
  }
})

t.test('the language is known by what its kernels say', async (t) => {
  const table: [named: string, name: string][] = [
    ['java', 'Java'],
    ['Java', 'Java'],
    ['kotlin', 'Kotlin'],
    ['Kotlin', 'Kotlin'],
    ['scala', 'Scala'],
    ['Scala', 'Scala'],
  ]
  for (const [named, name] of table) t.equal(templateOf(named).language?.name, name, named)
  const kernels: [kernel: string, name: string | undefined][] = [
    ['java', 'Java'],
    ['jjava', 'Java'],
    ['rapaio-jupyter-kernel', 'Java'],
    ['ganymede-2.1.2.20230910-java-17', 'Java'],
    ['jbang-jjava', 'Java'],
    ['kotlin', 'Kotlin'],
    ['scala', 'Scala'],
    ['scala213', 'Scala'],
    ['almond', 'Scala'],
    ['spylon-kernel', 'Scala'],
    ['apache_toree_scala', 'Scala'],
    ['sparkkernel', 'Scala'],
    ['javascript', 'JavaScript'],
  ]
  for (const [kernel, name] of kernels)
    t.equal(findLanguage({ language: kernel, byKernel: true })?.name, name, kernel)
})

t.test('what is long is read from texts, and what no text can hold is JSON', async (t) => {
  const list = (count: number, item: (index: number) => unknown) =>
    JSON.stringify(Array.from({ length: count }, (_, index) => item(index)))
  const numbers = list(251, (index) => index)
  t.match(
    code('java', numbers),
    /^java.util.List<Integer> x = java.util.Arrays.stream\("0 1 2 [0-9 ]+"\.split\(" "\)\)\.map\(Integer::valueOf\)\.collect\(.*\);$/,
  )
  t.match(code('kotlin', numbers), /^val x = "0 1 2 [0-9 ]+"\.split\(" "\)\.map \{ it\.toInt\(\) \}$/)
  t.match(code('scala', numbers), /^val x = "0 1 2 [0-9 ]+"\.split\(" "\)\.map\(_\.toInt\)\.toList$/)
  const rows = list(200, (index) => [index, 0.5])
  t.match(
    code('kotlin', rows),
    /^val x = "0 0\.5\\n1 0\.5\\n.*"\.split\("\\n"\)\.map \{ row -> row.split\(" "\)\.map \{ it\.toDouble\(\) \} \}$/,
  )
  const text = `"${'x'.repeat(20_001)}"`
  t.equal(code('java', text), `String x = String.join("",\n    "${'x'.repeat(20_000)}",\n    "x");`)
  const mixed = list(2001, (index) => (index % 2 === 0 ? index : 'a'))
  for (const language of ['java', 'kotlin', 'scala'])
    t.match(code(language, mixed), '// JSON text: too many values for the compiler')
  t.match(
    code(
      'kotlin',
      list(150, (index) => [index, 'a']),
    ),
    /^val x = run \{\n {4}fun value\(\) = listOf<List<Any\?>>\(\n/,
  )
  t.match(
    code(
      'scala',
      list(150, (index) => [index, 'a']),
    ),
    /^val x = \{\n {4}def value = scala\.List\[/,
  )
  const deep = `${'['.repeat(21)}${']'.repeat(21)}`
  t.match(code('scala', deep), '"[]"')
  t.match(code('scala', deep), '// below 20 levels: JSON text')
})

t.test('a type that nobody knows says nothing, whatever it is called', async (t) => {
  for (const type of ['toString', '__proto__', 'List<constructor>']) {
    t.equal(code('java', '77', `${type} x = 1;`), 'int x = 77;')
    t.equal(code('kotlin', '77', `val x: ${type} = 1`), 'val x = 77')
  }
})
