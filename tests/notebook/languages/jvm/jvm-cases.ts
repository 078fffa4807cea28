import t from 'tap'
import type { Language } from '../../../../service/notebook/languages/language.ts'
import { difficultParameters } from '../../difficult.ts'
import { casesOf, checkCases, type Oracle } from '../../oracle.ts'
import { label, posts } from '../../support.ts'
import { everyCharacter, inPieces } from '../shared/characters.ts'
import { type JvmTree, strangeInCell } from './jvm-tree.ts'

/** Parameters in which every character of Unicode stands in a text. */
export function textsOfAll(): string[] {
  return inPieces(everyCharacter({ nul: true }), 15_000).map((piece) => JSON.stringify({ x: piece.join('') }))
}

/**
 * Parameters with names of the characters that a language takes in names: all below U+3400, of the many Chinese and
 * Korean ones every so many.
 */
export function namesOfAll({ identifiers }: Language, every: number): string[] {
  const characters = everyCharacter({ nul: false }).filter((character) => {
    const code = character.codePointAt(0)!
    return (code < 0x3400 || code % every === 0) && identifiers.valid.test(`x${character}`)
  })
  return inPieces(characters, 200).map((piece) =>
    JSON.stringify(Object.fromEntries(piece.map((character) => [`${character}a${character}`, 1]))),
  )
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => (index * 7919) / 1000 + 0.0001)
const texts = (count: number) => Array.from({ length: count }, (_, index) => `Größe ${index}\t"\\$x"`)

/** Parameters whose lists are read from texts, or whose texts are cut, as JSON texts; the first has some 3 MiB. */
export function longParameters(): string[] {
  return [
    { x: numbers(300_000) },
    { x: texts(20_000) },
    { x: Array.from({ length: 20_000 }, (_, index) => [index, (index + 0.25) / 2]) },
    { x: { a: { b: numbers(300) }, c: [texts(300), numbers(251), ['a']], d: [[1.5], numbers(300)] } },
    { x: 'Größe 😀 '.repeat(10_000) },
    { [`${'n'.repeat(70_000)}`]: { [`${'µ'.repeat(70_000)}`]: 1 } },
    { x: Array.from({ length: 300 }, (_, index) => index % 3 === 0) },
    { x: Array.from({ length: 300 }, (_, index) => 2 ** 31 + index) },
    { x: Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? null : index / 4)) },
    { x: texts(260).map((text, index) => (index % 2 === 0 ? text.replace('\t', '\n') : text)) },
  ]
    .map((parameters) => JSON.stringify(parameters))
    .concat(
      `{"x": [${Array.from({ length: 300 }, (_, index) => `-${index}e-${index}`)}, 1E400, -1e400, NaN, -Infinity, 1, -0, -0.0]}`,
      `{"x": [${Array.from({ length: 300 }, (_, index) => `${index + 1}${'0'.repeat(30)}`)}, -0]}`,
    )
}

/** Parameters that are too large for a class: all of them are JSON text. */
export function tooLargeParameters(): string[] {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ time: `${index}`, value: index / 7 }))
  return [JSON.stringify({ x: rows }), JSON.stringify({ x: { rows: rows.slice(0, 2001) } })]
}

/** Cells that a person wrote, each for `{"x": …}`, and whether they are right. */
export type Planted = readonly (readonly [params: string, source: string, right: boolean])[]

/** What Scala and Kotlin write alike. */
export const plantedVals: Planted = [
  ['{"x": 1}', 'val x = 1', true],
  ['{"x": 1}', 'val x = 1L', false],
  ['{"x": 1}', 'val x = 2', false],
  ['{"x": 1}', 'val x = (', false],
  ['{"x": 1}', 'val x = y', false],
  ['{"x": 1}', 'val x = 1; val y = 2', false],
  ['{"x": 1}', 'val x = 1\n}\nclass Y {', false],
  ['{"x": -0.0}', 'val x = -0.0', true],
  ['{"x": -0.0}', 'val x = 0.0', false],
  ['{"x": {"a": 1}}', 'val x = "{}"', false],
]

/** What each compiler of the Java virtual machine judges, as JSON texts. */
export function parametersOf(
  language: Language,
  { random, everyName }: { random: number; everyName: number },
): string[] {
  return [
    ...difficultParameters({ nul: true, random }),
    ...posts().map((post) => post.params_text),
    ...textsOfAll(),
    ...namesOfAll(language, everyName),
    ...longParameters(),
    ...tooLargeParameters(),
  ]
}

/**
 * Cells of this service are right, and planted ones are judged among them as they are: all in one run, since compilers
 * take seconds to begin.
 */
export function checkAll(
  name: string,
  language: string,
  oracle: Oracle,
  all: () => readonly string[],
  planted: Planted = [],
): void {
  t.test(name, async (t) => {
    const cases = casesOf(language, all())
    const others = planted.map(([params, source]) => ({ params, source, names: { x: 'x' } }))
    const faults = await oracle([...cases, ...others])
    await checkCases(t, (some) => (some === cases ? faults.slice(0, cases.length) : oracle(some)), cases)
    for (const [index, [params, source, right]] of planted.entries()) {
      const fault = faults[cases.length + index]
      t.equal(fault === undefined, right, label(`${source} for ${params}: ${fault}`))
    }
  })
}

/** Also of cells for which the compiler has no time the tree can be looked at. */
export function checkTrees(name: string, tree: JvmTree, all: () => readonly string[]): void {
  t.test(name, async (t) => {
    const cases = casesOf(tree.language, all())
    const strange = await Promise.all(
      cases.map(({ source, names }) => strangeInCell(source, Object.values(names), tree)),
    )
    t.ok(cases.length > 1000)
    t.strictSame(
      strange.filter((fault) => fault !== undefined),
      [],
    )
  })
}
