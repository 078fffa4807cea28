import type { Fault } from '../../service/fault.ts'
import { createAdmission } from '../../service/journey/admission.ts'
import { createRecords } from '../../service/journey/kept/records.ts'
import { createNotebooks } from '../../service/journey/notebook.ts'
import { createStartLine } from '../../service/journey/starts/start-line.ts'
import { createStarts } from '../../service/journey/starts/starts.ts'
import type { Workplace } from '../../service/journey/workplace.ts'
import { secretNames } from '../../service/notebook/index.ts'
import { createWaitingLines } from '../../service/waiting-lines.ts'
import type { Stage } from './stage.ts'

/** What `work` needs, for tests that call it without a journey around it. */
export function workplaceOn(stage: Stage, failed: (fault: Fault) => void): Workplace {
  const records = createRecords(stage.store)
  return {
    records,
    admission: createAdmission(records, stage.catalogue),
    notebooks: createNotebooks(stage.catalogue, '{template_dir}', '0.0.0', secretNames(), []),
    history: {
      find: async () => undefined,
      list: async () => [],
      add: async () => {},
      clear: async () => {},
    },
    starts: createStarts(stage.store),
    lines: createWaitingLines(1),
    startLine: createStartLine(),
    hub: stage.hub,
    delivery: stage.delivery,
    service: 'templates',
    start: 'api',
    failed: (_request, fault) => failed(fault),
    unexpected(error) {
      throw error
    },
  }
}
