import { readFileSync } from 'node:fs'
import t from 'tap'
import { inProject } from '../../support/paths.ts'
import { difficultParameters } from '../difficult.ts'
import { casesOf, type OracleCase } from '../oracle.ts'
import { label, templateOf } from '../support.ts'
import { translateByPapermill, translated } from './translators.ts'

t.setTimeout(600_000)

const all = difficultParameters({ nul: false, random: 0 })

t.test('every difficult value is right here, and papermill is measured by the same oracle', async (t) => {
  const docs = readFileSync(inProject('docs/languages.md'), 'utf8')
  t.comment('| language | values | right here | right by papermill | refused by papermill |')
  for (const { language, papermill, oracle, plain = (source: string) => source } of translated) {
    const ours = await oracle(casesOf(language, all))
    const sources = translateByPapermill(papermill, all)
    const theirCases = sources.flatMap((source, index): OracleCase[] =>
      source === undefined
        ? []
        : [{ params: all[index]!, source: plain(source, all[index]!), names: { x: 'x' } }],
    )
    const theirs = await oracle(theirCases)
    for (const [index, fault] of theirs.entries())
      if (fault !== undefined)
        t.comment(label(`${papermill}: ${theirCases[index]!.params} ${fault}`.slice(0, 300)))
    const right = (faults: readonly (string | undefined)[]) =>
      faults.filter((fault) => fault === undefined).length
    const name = templateOf(language).language!.name
    const row = `| ${name} | ${all.length} | ${right(ours)} | ${right(theirs)} | ${all.length - theirs.length} |`
    t.comment(row)
    t.strictSame(
      ours.filter((fault) => fault !== undefined),
      [],
      `${name}: all right here`,
    )
    t.ok(right(theirs) > 20, `${name}: papermill is judged`)
    t.ok(docs.includes(row), `docs/languages.md has the row ${row}`)
  }
})

t.test('no name becomes code here; papermill writes names out as they are', async (t) => {
  const name = 'x = print(1); y'
  const params = JSON.stringify({ [name]: 2 })
  t.match(translateByPapermill('python', [params])[0], /^x = print\(1\); y = 2$/m)
  t.match(casesOf('python', [params])[0]!.source, /^x___print_1___y = 2 {2}# "x = print\(1\); y"$/m)
})
