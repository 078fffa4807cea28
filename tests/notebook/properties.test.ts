import fc from 'fast-check'
import t, { type Test } from 'tap'
import { languages } from '../../service/notebook/languages/index.ts'
import { readParameters } from '../../service/notebook/parameters/read.ts'
import type { Parameters } from '../../service/notebook/parameters/value.ts'
import { writeParameters } from '../../service/notebook/parameters/write.ts'
import { makeCell } from '../../service/notebook/render/cell.ts'
import { renderNotebook } from '../../service/notebook/render/pieces.ts'
import { parameters } from './arbitraries.ts'
import { seed } from './difficult.ts'
import { namedNodes, parserOf } from './languages/shared/tree.ts'
import { assemble, label, madeFrom, notebookOf, templateOf } from './support.ts'

/** Fails with the smallest parameters that show the fault. */
function holds(t: Test, nul: boolean, property: (sent: Parameters) => void, numRuns: number): void {
  const report = fc.check(fc.property(parameters({ nul }), property), { seed, numRuns })
  t.equal(
    report.failed ? label(fc.defaultReportMessage(report) ?? 'failed') : '',
    '',
    `for ${report.numRuns}`,
  )
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

t.test('parameters are read as they were written', async (t) => {
  holds(
    t,
    true,
    (sent) =>
      check(writeParameters(readParameters(writeParameters(sent))) === writeParameters(sent), 'not the same'),
    1000,
  )
})

for (const language of languages) {
  const template = templateOf(language.aliases[0]!)
  t.test(`${language.name}: every name has a variable of its own, which the language takes`, async (t) => {
    const { valid, keywords, fold } = language.identifiers
    holds(
      t,
      language.takesNul,
      (sent) => {
        const variables = makeCell(sent, template, ['en']).names.map(({ variable }) => variable!)
        check(new Set(variables.map(fold)).size === sent.length, 'two are one')
        for (const variable of variables) {
          check(valid.test(variable) && !keywords.has(fold(variable)), `${variable} is no name`)
        }
      },
      200,
    )
  })

  t.test(`${language.name}: nothing unseen stands in a cell`, async (t) => {
    holds(
      t,
      language.takesNul,
      (sent) => {
        const { source } = makeCell(sent, template, ['en'])
        check(!/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u.test(source.replaceAll('\n', '')), source)
      },
      200,
    )
  })

  t.test(`${language.name}: a notebook holds the cell to the last character`, async (t) => {
    const file = Buffer.from(JSON.stringify(notebookOf(language.aliases[0]!), null, 1))
    holds(
      t,
      language.takesNul,
      (sent) => {
        const cell = makeCell(sent, template, ['en'])
        const rendered = renderNotebook(template, cell, { ...madeFrom, parameters: writeParameters(sent) })
        const notebook = JSON.parse(assemble(rendered, file).toString())
        check([notebook.cells[1].source].flat().join('') === cell.source, 'another source')
      },
      200,
    )
  })
}

t.test('Python: the tree of a cell holds nothing but assignments of literals', async (t) => {
  const parser = await parserOf('python')
  const template = templateOf('python')
  const literals = new Set(
    `module expression_statement assignment identifier string string_start string_content string_end escape_sequence
     integer float unary_operator list dictionary pair none true false comment call argument_list`.split(
      /\s+/,
    ),
  )
  holds(
    t,
    true,
    (sent) => {
      const { source, names } = makeCell(sent, template, ['en'])
      const tree = parser.parse(source)!
      const set: string[] = []
      for (const node of namedNodes(tree)) {
        check(literals.has(node.type) && !node.isError && !node.isMissing, `${node.type} ${node.text}`)
        if (node.type === 'call') check(/^float\("(nan|-?inf)"\)$/.test(node.text), node.text)
        if (node.type === 'assignment') set.push(node.child(0)!.text)
      }
      tree.delete()
      check(set.join() === names.map(({ variable }) => variable).join(), set.join())
    },
    500,
  )
})
