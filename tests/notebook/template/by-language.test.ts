import t from 'tap'
import { inLanguage } from '../../../service/catalogue/in-language.ts'
import { templateOf } from '../support.ts'

const faultOf = (own: object) => {
  try {
    templateOf('python', undefined, own)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

t.test(
  'title, description and tags are given in the reader’s language, else in English, else in the first',
  async (t) => {
    const { title, description, card } = templateOf('python', undefined, {
      title: { fr: 'Pics', en: 'Peaks', de: ' Spitzen ' },
      description: { fr: 'Les pics', de_AT: 'Die Spitzen' },
      tags: { en: ['peak', 'peak'], de: ['Spitze', ''] },
    })
    const table: [languages: string[], title: string, description: string, tags: string[]][] = [
      [['de'], 'Spitzen', 'Die Spitzen', ['Spitze']],
      [['de-at', 'fr'], 'Spitzen', 'Die Spitzen', ['Spitze']],
      [['it', 'fr'], 'Pics', 'Les pics', ['peak']],
      [['it'], 'Peaks', 'Les pics', ['peak']],
      [[], 'Peaks', 'Les pics', ['peak']],
    ]
    for (const [languages, ...expected] of table) {
      const said = [title!, description!, card.tags].map((one) => inLanguage<unknown>(one, languages))
      t.strictSame(said, expected, languages.join())
    }
  },
)

t.test('a plain one is for everybody', async (t) => {
  const { title, card } = templateOf('python', undefined, { title: 'Peaks', tags: ['peak'] })
  t.equal(inLanguage(title!, ['de']), 'Peaks')
  t.strictSame(inLanguage(card.tags, ['de']), ['peak'])
})

t.test('an empty title is none, so that the heading counts', async (t) => {
  for (const title of ['', null, undefined])
    t.strictSame(templateOf('python', undefined, { title }).title, { '': 'Title' })
})

t.test('anything else is a fault of the template', async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 51 }, (_, n) => [`a${String.fromCharCode(97 + (n % 26))}-x${10 + n}`, 'x']),
  )
  const titles = [
    1,
    true,
    [],
    ['a'],
    {},
    { en: 1 },
    { en: '' },
    { en: 'a', English: 'b' },
    { en: ['a'] },
    many,
  ]
  for (const title of titles)
    t.equal(
      faultOf({ title }),
      'metadata.notebook_templates.title is neither a text nor a text for each of at most 50 languages',
      JSON.stringify(title),
    )
  for (const tags of ['a', { en: 'a' }, { en: [1] }, { en: ['a'], x: ['b'] }, { en: Array(51).fill('a') }])
    t.match(
      faultOf({ tags }),
      /^metadata.notebook_templates.tags is not a list of at most 50 texts, nor one /,
    )
  const { ab: _, ...fifty } = { ...many, ab: '' }
  t.equal(faultOf({ title: Object.fromEntries(Object.entries(fifty).slice(0, 50)) }), undefined)
})
