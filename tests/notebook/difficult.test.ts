import t from 'tap'
import { readParameters } from '../../service/notebook/parameters/read.ts'
import { writeParameters } from '../../service/notebook/parameters/write.ts'
import { difficultParameters, shrink } from './difficult.ts'

t.test('random parameters are the same at every run, each different, and read as they were written', (t) => {
  const all = difficultParameters({ nul: true, random: 500 })
  t.strictSame(all, difficultParameters({ nul: true, random: 500 }))
  const random = all.slice(-500)
  t.ok(new Set(random).size > 490)
  t.strictSame(
    random.map((params) => writeParameters(readParameters(params))),
    random,
  )
  t.end()
})

t.test('random parameters hold what breaks languages', (t) => {
  const all = difficultParameters({ nul: true, random: 1000 }).slice(-1000).join('\n')
  for (const piece of [
    /"NaN|NaN/,
    /[:,[]-?Infinity/,
    /[:,[]-0\.0[,}\]]/,
    /[:,[]-?9223372036854775808/,
    /[:,[]\d{30}/,
    /[:,[]-?\d+[eE]\+\d/,
    /[:,[]-?\d+\.\d+e-\d{3}/,
    /\\u0000/,
    /%%bash/,
    /\$\(x\)/,
    /[\u{20000}-\u{10ffff}]/u,
    /\[\[/,
    /\[\{/,
    /\{\}/,
    /\[\]/,
    /null/,
  ])
    t.match(all, piece)
  t.notMatch(
    difficultParameters({ nul: false, random: 1000 }).join('\n'),
    /\\u0000/,
    'NUL only where it is taken',
  )
  t.end()
})

t.test('a fault is shown by the smallest parameters that have it', async (t) => {
  const isWrong = (params: string) => params.includes('$(x)')
  const some = difficultParameters({ nul: false, random: 300 }).slice(-300).find(isWrong)!
  const smallest = await shrink(some, async (params) => isWrong(params))
  t.ok(some.length > 40, some)
  t.ok(isWrong(smallest!) && smallest!.length <= 25, `${smallest}`)
  t.equal(await shrink('{"x": 1}', async () => true), undefined, 'what was not random stays')
})
