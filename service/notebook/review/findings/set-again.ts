import type { Found } from '../finding.ts'
import { findOverwritten, type SetAgain } from '../overwritten.ts'
import type { Review, ReviewedNotebook } from '../reviewed.ts'

type Code = 'set-again' | 'perhaps-set-again'

// Whoever reads more of them has read enough.
const most = 50

/** Whether a parameter that the template declares is set again after the place where its value goes. */
export const setAgain: Review<Code> = {
  codes: { 'set-again': 'warning', 'perhaps-set-again': 'warning' },
  find: (notebook) => [...findAgain(notebook)].slice(0, most),
}

function* findAgain({ bytes, compiled }: ReviewedNotebook): Iterable<Found<Code>> {
  const { declared, language } = compiled
  if (declared.length === 0 || language === undefined) return
  const { certain, possible, anything } = findOverwritten(bytes, compiled)
  const remedy = 'Set it in the cell with the tag parameters alone, or give it another name here.'
  const place = ({ cell, line }: SetAgain) => ({ cell, line, remedy })
  for (const { name } of declared) {
    const folded = language.identifiers.fold(name)
    const lost = certain.get(folded)
    const perhaps = possible.get(folded)
    if (lost !== undefined) {
      const message = `it sets ${name} again, so that the value that is sent has no effect: ${lost.code}`
      yield { code: 'set-again', message, ...place(lost) }
    } else if (perhaps !== undefined) {
      const message = `it may set ${name} again, so that the value that is sent has no effect: ${perhaps.code}`
      yield { code: 'perhaps-set-again', message, ...place(perhaps) }
    }
  }
  for (const found of anything) {
    const message = `it may set any parameter again: ${found.code}`
    yield {
      code: 'perhaps-set-again',
      message,
      ...place(found),
      remedy: 'Name what it sets, or run it before the parameters.',
    }
  }
}
