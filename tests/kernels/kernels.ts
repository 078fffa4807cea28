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
  /** A cell behind it that prints what was sent. */
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
  prints: `["Größe \\"M\\" $(x) \`y\` 😀 \\\\ 'q' %d\\n%%bash\\n!ls # */", 3, 9007199254740993, 0.1, true, null, [1.5, -2.25], ["a b", "µm"], {"a b": [1, {"deep": "x"}]}, -7, "lead"]\n`,
}

/**
 * The kernels that notebooks are executed in. A further one is one entry here; what it needs stands in
 * tests/support/requirements/kernels.txt or in `systemParts` of tests/run/prepare.mjs.
 */
export const kernels: readonly Kernel[] = [
  { name: 'python3', ...python },
  { name: 'xpython', ...python },
  {
    name: 'ir',
    language: 'R',
    parameters: 'name <- "nobody"\ncount <- 0L\nvalues <- c()',
    print: `all <- list(name, count, big, ratio, flag, nothing, values, words, record, a_b, class_)
cat(deparse(all, 500, control = c("keepInteger", "niceNames", "digits17")))`,
    prints: `list("Größe \\"M\\" $(x) \`y\` 😀 \\\\ 'q' %d\\n%%bash\\n!ls # */", 3L, 9007199254740992, 0.10000000000000001, TRUE, NULL, c(1.5, -2.25), c("a b", "µm"), list("a b" = list(1L, list(deep = "x"))), -7L, "lead")`,
  },
  {
    name: 'octave',
    language: 'octave',
    parameters: "name = 'nobody';\ncount = 0;\nvalues = [];",
    print: `printf('%s|', name, words{:}, class_, record.keys(){:});
printf('%.17g|', count, ratio, flag, values, a_b, numel(nothing));
inner = record('a b');
printf('%d|%s|%d|%s|', inner{1}, inner{2}.deep, big, class(big))`,
    // A terminal ends its lines by two characters.
    prints: `Größe "M" $(x) \`y\` 😀 \\ 'q' %d\r\n%%bash\r\n!ls # */|a b|µm|lead|a b|3|0.10000000000000001|1|1.5|-2.25|-7|0|1|x|9007199254740993|int64|`,
  },
]
