import { join } from 'node:path'
import { inProject } from '../support/paths.ts'

/** A real kernel, and a small notebook for it. */
export interface Kernel {
  /** Of its kernelspec. */
  readonly name: string
  /** As its kernelspec says. */
  readonly language: string
  /** Starts it, when no package that is installed brings a kernelspec. */
  readonly argv?: readonly string[]
  /** The template's cell tagged `parameters`: it sets what is sent as well, so that it is set twice. */
  readonly parameters: string
  /** A cell after it that prints what was sent. */
  readonly print: string
  readonly prints: string
}

/** What every notebook gets: a text that is code in one language or another, and values of all kinds. */
export const sent = String.raw`{
  "name": "Größe \"M\" $(x) \u0060y\u0060 😀 \\ 'q' %d\n%%bash\n!ls # */",
  "count": 3,
  "big": 9007199254740993,
  "ratio": 0.1,
  "flag": true,
  "nothing": null,
  "values": [1.5, -2.25],
  "words": ["a b", "µm"],
  "record": {"a b": [1, {"deep": "x"}]},
  "a-b": -7,
  "class": "lead"
}`

const python = {
  language: 'python',
  parameters: 'name = "nobody"\ncount = 0\nvalues = []',
  print: `import json
print(json.dumps([name, count, big, ratio, flag, nothing, values, words, record, a_b, class_], ensure_ascii=False))`,
  prints: `["Größe \\"M\\" $(x) \`y\` 😀 \\\\ 'q' %d\\n%%bash\\n!ls # */", 3, 9007199254740993, 0.1, true, null, [1.5, -2.25], ["a b", "µm"], {"a b": [1, {"deep": "x"}]}, -7, "lead"]`,
}

const printJson = `console.log(JSON.stringify([name, count, String(big), ratio, flag, nothing, values, words, record, a_b, class_]))`
const printedJson = `["Größe \\"M\\" $(x) \`y\` 😀 \\\\ 'q' %d\\n%%bash\\n!ls # */",3,"9007199254740993",0.1,true,null,[1.5,-2.25],["a b","µm"],{"a b":[1,{"deep":"x"}]},-7,"lead"]`

const npm = inProject('.environments/kernels/node_modules/.bin')
const typescript = {
  language: 'typescript',
  parameters: 'var name = "nobody";\nlet count = 0;\nlet values: number[] = [];',
  print: printJson,
  prints: printedJson,
}
const javascript = {
  language: 'javascript',
  parameters: 'var name = "nobody";\nlet count = 0;\nlet values = [];',
  print: printJson,
  prints: printedJson,
}

// As the collections of Java write themselves.
const name = 'Größe "M" $(x) `y` 😀 \\ \'q\' %d\n%%bash\n!ls # */'
const printedByJava = `${name}\n[3, 9007199254740993, 0.1, true, null, [1.5, -2.25], [a b, µm], {a b=[1, {deep=x}]}, -7, lead]`

const bash = {
  language: 'bash',
  parameters: "name='nobody'\ncount=0\nvalues=()",
  print: `printf '%s\\n' "$name" "$count" "$big" "$ratio" "$flag" "[$nothing]" "\${values[@]}" "\${words[@]}" "$record" "$a_b" "$class"`,
  prints: `${name}\n3\n9007199254740993\n0.1\ntrue\n[]\n1.5\n-2.25\na b\nµm\n{"a b":[1,{"deep":"x"}]}\n-7\nlead`,
}

/**
 * The kernels that notebooks are executed in. A further one is one entry here; what it needs stands in
 * tests/support/requirements/kernels.txt or in `systemParts` of tests/run/prepare.mjs.
 */
export const kernels: readonly Kernel[] = [
  { name: 'python3', ...python },
  { name: 'xpython', ...python },
  {
    name: 'tslab',
    argv: [join(npm, 'tslab'), 'kernel', '--config-path', '{connection_file}'],
    ...typescript,
  },
  {
    name: 'jslab',
    argv: [join(npm, 'tslab'), 'kernel', '--js', '--config-path', '{connection_file}'],
    ...javascript,
  },
  {
    name: 'deno',
    argv: [join(npm, 'deno'), 'jupyter', '--kernel', '--conn', '{connection_file}'],
    ...typescript,
  },
  {
    name: 'ir',
    language: 'R',
    parameters: 'name <- "nobody"\ncount <- 0L\nvalues <- c()',
    print: `all <- list(name, count, big, ratio, flag, nothing, values, words, record, a_b, class_)
cat(deparse(all, 500, control = c("keepInteger", "niceNames", "digits17")))`,
    prints: `list("Größe \\"M\\" $(x) \`y\` 😀 \\\\ 'q' %d\\n%%bash\\n!ls # */", 3L, 9007199254740992, 0.10000000000000001, TRUE, NULL, c(1.5, -2.25), c("a b", "µm"), list("a b" = list(1L, list(deep = "x"))), -7L, "lead")`,
  },
  {
    name: 'java',
    language: 'java',
    parameters: 'String name = "nobody";\nint count = 0;\nList<Double> values = null;',
    print: `System.out.println(name);
System.out.println(Arrays.asList(count, big, ratio, flag, nothing, values, words, record, a_b, class_));`,
    prints: printedByJava,
  },
  {
    name: 'kotlin',
    language: 'kotlin',
    parameters: 'val name = "nobody"\nvar count = 0\nval values = listOf<Double>()',
    print: `println(name)
println(listOf(count, big, ratio, flag, nothing, values, words, record, a_b, class_))`,
    prints: printedByJava,
  },
  {
    name: 'bash',
    argv: ['python', '-m', 'bash_kernel', '-f', '{connection_file}'],
    ...bash,
  },
  { name: 'calysto_bash', ...bash },
  {
    name: 'octave',
    language: 'octave',
    parameters: "name = 'nobody';\ncount = 0;\nvalues = [];",
    print: `printf('%s|', name, words{:}, class_, record.keys(){:});
printf('%.17g|', count, ratio, flag, values, a_b, numel(nothing));
inner = record('a b');
printf('%d|%s|%d|%s|', inner{1}, inner{2}.deep, big, class(big))`,
    prints: `Größe "M" $(x) \`y\` 😀 \\ 'q' %d\n%%bash\n!ls # */|a b|µm|lead|a b|3|0.10000000000000001|1|1.5|-2.25|-7|0|1|x|9007199254740993|int64|`,
  },
]
