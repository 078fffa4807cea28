import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { asTranslated, translate } from '../../../service/notebook/parameters/translated.ts'

const value = (json: string) => readParameters(`{"x":${json}}`)[0]![1]

t.test(
  'an object is a translated text when all its names are languages and all its values texts',
  async (t) => {
    const table: [json: string, is: boolean][] = [
      ['{"en": "x"}', true],
      ['{"de": "x", "en": ""}', true],
      ['{"pt_BR": "x", "zh-Hans-CN": "y", "EN": "z"}', true],
      ['{"min": "5"}', true],
      ['{}', false],
      ['{"en": 1}', false],
      ['{"en": "x", "de": null}', false],
      ['{"english": "x"}', false],
      ['{"e": "x"}', false],
      ['{"en": "x", "_type": "text"}', false],
      ['{"en-": "x"}', false],
      ['{"en\\n": "x"}', false],
      ['"x"', false],
      ['["x"]', false],
      ['null', false],
    ]
    for (const [json, is] of table) t.equal(asTranslated(value(json)) !== undefined, is, json)
    t.strictSame(
      [...asTranslated(value('{"de": "Ü", "en": "x"}'))!],
      [
        ['de', 'Ü'],
        ['en', 'x'],
      ],
    )
  },
)

t.test('the text is the one in the user’s language, else in English, else the first', async (t) => {
  const table: [json: string, languages: string[], text: string][] = [
    ['{"de": "D", "en": "E"}', ['de'], 'D'],
    ['{"de": "D", "en": "E"}', ['de-AT', 'en'], 'D'],
    ['{"de": "D", "en": "E"}', ['DE_at'], 'D'],
    ['{"de-AT": "A", "de": "D"}', ['de-at'], 'A'],
    ['{"de-AT": "A", "en": "E"}', ['de'], 'A'],
    ['{"de": "D", "en": "E"}', ['fr', 'de'], 'D'],
    ['{"de": "D", "en": "E"}', ['fr'], 'E'],
    ['{"de": "D", "en": "E"}', [], 'E'],
    ['{"de": "D", "en-GB": "G"}', ['fr'], 'G'],
    ['{"de": "D", "nl": "N"}', ['fr'], 'D'],
    ['{"de": "D", "nl": "N"}', ['*'], 'D'],
    ['{"de": "D", "en": "E"}', [''], 'E'],
  ]
  for (const [json, languages, text] of table)
    t.equal(translate(value(json), languages), text, `${json} for ${languages}`)
  t.equal(translate(value('{"a": "x"}'), ['en']), undefined)
})

t.test('many wished languages cost no more than one, in a text of many languages', async (t) => {
  const names = Array.from({ length: 20_000 }, (_, index) => `"xx-${index.toString(36).padStart(5, '0')}":""`)
  const many = value(`{${names.join(',')}}`)
  const timeOf = (languages: string[]) => {
    const start = process.cpuUsage().user
    for (let time = 0; time < 5; time++) t.equal(translate(many, [...languages]), '')
    return process.cpuUsage().user - start
  }
  timeOf(['de'])
  const one = timeOf(['de'])
  t.ok(timeOf([`yy${'-b'.repeat(400)}`]) < 20 * one + 200_000)
})
