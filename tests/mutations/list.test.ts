import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { inProject } from '../support/paths.ts'

interface Mutation {
  readonly file: string
  readonly from: string
  readonly tests: readonly string[]
}

t.test(
  'what the list of mutations breaks stands in the code once, and the tests that must notice are there',
  async (t) => {
    const { mutations } = (await import(inProject('tests/mutations/list.mjs'))) as {
      mutations: readonly Mutation[]
    }
    t.ok(mutations.length > 50)
    const outdated = mutations.flatMap(({ file, from, tests }) => {
      const path = inProject(`build/service/${file}.js`)
      const times = existsSync(path) ? readFileSync(path, 'utf8').split(from).length - 1 : 0
      const missing = tests.filter((test) => !existsSync(inProject(`build/tests/${test}.test.js`)))
      return [
        ...(times === 1 ? [] : [`${times} times in ${file}: ${from}`]),
        ...missing.map((test) => `no test ${test}`),
      ]
    })
    t.same(outdated, [])
  },
)
