import t from 'tap'
import { faultReasons, parameterProblems } from '../../service/fault.ts'
import { fill, pageLanguages, pickTexts, placesOf } from '../../service/web/texts/index.ts'
import type { Sentence } from '../../service/web/texts/sentence.ts'
import { everyFault } from './support.ts'

t.test('every language has a text for every fault, and none is empty', async (t) => {
  for (const texts of pageLanguages) {
    t.strictSame(Object.keys(texts.faults), Object.keys(faultReasons), `${texts.language}: codes`)
    for (const [code, reason] of everyFault) {
      const reasons: Readonly<Record<string, Sentence>> = texts.faults[code].reasons
      t.match(fill(reasons[reason]!, {}), /\S.*[.!?]$/, `${texts.language}: ${code} ${reason} is a sentence`)
    }
    t.strictSame(emptyTexts(texts), [], `${texts.language}: no empty text`)
  }
})

t.test('every language has a sentence for all that can be wrong with a parameter', async (t) => {
  const values = { place: 'a', limit: '1', choices: '1', types: 'string', pattern: 'x', format: 'uri' }
  for (const texts of pageLanguages) {
    t.strictSame(Object.keys(texts.parameters), [...parameterProblems, 'said'], texts.language)
    for (const problem of parameterProblems) {
      const sentence = fill(texts.parameters[problem], values)
      t.match(sentence, /[“„]a[”“].*\.$/, `${texts.language}: ${problem}`)
      t.strictSame(placesOf(sentence), [], 'nothing unfilled')
    }
    t.match(fill(texts.parameters.said, { place: 'a', said: 'No.' }), /[“„]a[”“].* No\.$/)
  }
})

t.test('a sentence needs nothing in its last form', async (t) => {
  for (const texts of pageLanguages) {
    for (const [code, reason] of everyFault) {
      const reasons: Readonly<Record<string, Sentence>> = texts.faults[code].reasons
      const sentence = reasons[reason]!
      const last = typeof sentence === 'string' ? sentence : sentence.at(-1)!
      t.strictSame(placesOf(last), [], `${texts.language}: ${code} ${reason}`)
    }
  }
})

t.test('the first form whose places can all be filled is used', async (t) => {
  const sentence: Sentence = ['“{name}” at {line}', '“{name}”', 'something']
  const cases: [string, Record<string, string | number>, string][] = [
    ['all', { name: 'a', line: 3 }, '“a” at 3'],
    ['some', { name: 'a' }, '“a”'],
    ['none', {}, 'something'],
    ['an empty value', { name: '', line: 3 }, 'something'],
    ['a value that looks like a place', { name: '{line}', line: 3 }, '“{line}” at 3'],
    ['a value with replacement signs', { name: '$&$1', line: 3 }, '“$&$1” at 3'],
    ['inherited names', { line: 3 }, 'something'],
  ]
  for (const [label, values, expected] of cases) t.equal(fill(sentence, values), expected, label)
  t.equal(fill('{toString} {"name": 1}', {}), '{toString} {"name": 1}', 'what is no place stays')
})

t.test('the language is the first one asked for that we have, else English', async (t) => {
  for (const header of [undefined, '', 'en-GB,de;q=0.5', 'fr', 'xx;q=1,*', ','.repeat(100_000), 'en;q=0']) {
    t.equal(pickTexts(header).language, 'en', String(header).slice(0, 20))
  }
  for (const header of ['de', 'de-AT,en;q=0.9', 'fr;q=0.9,DE-ch;q=0.8,en;q=0.1']) {
    t.equal(pickTexts(header).language, 'de', header)
  }
})

t.test('every language fills the same places, and no sentence is left in another one', async (t) => {
  const [english, ...others] = pageLanguages.map((texts) => ({ texts, flat: sentences(texts) }))
  for (const { texts, flat } of others) {
    t.strictSame([...flat.keys()], [...english!.flat.keys()], `${texts.language}: the same texts`)
    for (const [path, sentence] of flat) {
      const before = english!.flat.get(path)!
      t.strictSame(placesOf(sentence).sort(), placesOf(before).sort(), `${texts.language}${path}: places`)
      if ((before.replace(/\{[^}]*\}/g, '').match(/\p{L}+/gu) ?? []).length > 3)
        t.not(sentence, before, `${texts.language}${path}: translated`)
    }
  }
})

/** Every text by its path. */
function sentences(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]])
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(Object.entries(value).flatMap(([name, member]) => [...sentences(member, `${path}.${name}`)]))
}

function emptyTexts(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => emptyTexts(member, `${path}.${name}`))
}
