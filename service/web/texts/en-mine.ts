import type { MineTexts } from './texts.ts'

/** What *My notebooks* says, in English. */
export const enMine: MineTexts = {
  title: 'My notebooks',
  lead: 'What you have made with this service, newest first.',
  stopped: 'Your server is not running. When you open a notebook, the Hub starts it first.',
  empty: 'You have not made a notebook yet. Your notebooks will be listed here.',
  open: 'Open',
  source: ['From {name}:', 'From'],
  form: 'From the form of this service',
  note: 'The last hundred are kept, until 180 days after the last one. Moving or deleting a file does not change this list.',
  clear: 'Clear history',
  clearNote: 'This empties the list. Your notebooks stay where they are.',
}
