import type { Template } from '../catalogue/catalogue.ts'
import { Fault } from '../fault.ts'
import { chooseFile, type Notices } from '../notebook/index.ts'
import type { Admission } from './admission.ts'
import type { History, Made } from './kept/history.ts'
import type { Asked, Records } from './kept/records.ts'
import type { Waiting } from './kept/waiting.ts'
import { type Finished, type Notebooks, type Planned, parametersOf, pathOf } from './notebook.ts'
import type { KeptRequest } from './request.ts'
import { isOwn, type Visitor } from './steps.ts'

export interface Confirmation extends Planned {
  readonly request: KeptRequest
  /** What this user has made before from the same template, sender, object and values. */
  readonly before: Made | undefined
  /** What its values meet in the template. */
  readonly notices: Notices
}

/** What a request would write, or has written, to be looked at. */
export interface Preview extends Confirmation {
  readonly finished: Finished
}

/** What a work is about, for whoever waits for it. */
export interface About {
  readonly template: Template
  /** Path of the notebook as it was proposed or chosen. */
  readonly file: string
}

/** What pages tell of a request. */
export interface Showing {
  /** Claims the request for its first visitor and says what it would make. Fault 2 for everybody else; 25 `too-many-open`. */
  show(asked: Asked, visitor: Visitor): Promise<Confirmation>
  /** As `show`, with the notebook itself. */
  preview(asked: Asked, visitor: Visitor): Promise<Preview>
  /** What its work is about. Faults as `show`. */
  about(asked: Asked, visitor: Visitor): Promise<About>
}

interface Parts {
  readonly records: Records
  readonly waiting: Waiting
  readonly notebooks: Notebooks
  readonly history: History
  readonly admission: Admission
}

export function createShowing({ records, waiting, notebooks, history, admission }: Parts): Showing {
  const { open, admit } = admission

  const show = async (asked: Asked, visitor: Visitor): Promise<Confirmation> => {
    const opened = await open(asked, visitor)
    const template = await admit(opened.request, visitor)
    const { user } = visitor
    const sent = await parametersOf(records, opened.request)
    const isOpen = user === null || opened.request.owner !== null
    const request = isOpen ? opened.request : await waiting.claim(opened, user, Buffer.byteLength(sent.text))
    if (!isOwn(request, visitor)) throw new Fault(2, 'unknown')
    const planned = notebooks.plan(request, template, sent)
    const before = user === null ? undefined : await history.find(user, request, planned.parameters)
    const notices = await notebooks.notices(planned)
    return { request, before, notices, ...planned }
  }

  return {
    show,

    async preview(asked, visitor) {
      const shown = await show(asked, visitor)
      return { ...shown, finished: notebooks.finish(shown.request, shown) }
    },

    async about(asked, visitor) {
      const { request } = await open(asked, visitor)
      const file = request.chosen ? pathOf(chooseFile(request.chosen)) : request.file
      if (file !== undefined) return { template: await admit(request, visitor), file }
      // Kept by a version that did not keep the place.
      const { template, wanted } = await show(asked, visitor)
      return { template, file: pathOf(wanted) }
    },
  }
}
