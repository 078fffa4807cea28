import { asFault } from '../../../service/fault.ts'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { settleParameters } from '../../../service/notebook/parameters/settle.ts'
import { writeParameters } from '../../../service/notebook/parameters/write.ts'
import { type CompiledTemplate, compileTemplate } from '../../../service/notebook/template/compile.ts'
import { notebookOf } from '../support.ts'

/** A template in Python with a schema given as JSON text, whose digits stay as they are. */
export function withSchema(schema: string, source = 'a = 1', own: object = {}): CompiledTemplate {
  const notebook = JSON.stringify(notebookOf('python', source, { ...own, params: 0 }))
  return compileTemplate(Buffer.from(notebook.replace('"params":0', () => `"params":${schema}`)))
}

/** What becomes of parameters sent: as JSON text, or the problems, `reason place wanted` each. */
export function settle(
  template: CompiledTemplate,
  sent: string,
  languages: readonly string[] = ['en'],
): string | string[] {
  try {
    return writeParameters(settleParameters(readParameters(sent), template, languages))
  } catch (error) {
    const { reason, details } = asFault(error)
    if (reason !== 'not-as-declared') return reason
    return details.map(({ reason: problem, values: { name, place, ...wanted } }) =>
      [problem, place, ...Object.values(wanted)].join(' '),
    )
  }
}
