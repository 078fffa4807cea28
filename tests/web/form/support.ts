import { type Parameters, writeParameters } from '../../../service/notebook/index.ts'
import type { Control, DecimalSign } from '../../../service/web/form/control.ts'
import { controlsOf } from '../../../service/web/form/controls.ts'
import { type Problem, sayProblem } from '../../../service/web/form/problems.ts'
import { readFilledForm } from '../../../service/web/form/read-form.ts'
import type { Fields } from '../../../service/web/input/form-body.ts'
import { en } from '../../../service/web/texts/en.ts'
import type { Texts } from '../../../service/web/texts/index.ts'
import { withSchema } from '../../notebook/schema/support.ts'

/** The control of one parameter `p`, by its schema as JSON text. */
export function controlFor(schema: string, source = '', path = 't.ipynb'): Control {
  return controlsOf(path, withSchema(`{"p":${schema}}`, source))[0]!
}

/** What a browser posts for controls that nobody has touched: an unticked box is not sent. */
export function untouched(controls: readonly Control[]): Fields {
  return controls.flatMap(({ key, kind, seconds, hasNullBox, initial }): Fields => {
    const lines = (text: string) => text.replace(/\r\n?|\n/g, '\r\n')
    const hasSecond = seconds !== undefined || kind === 'any'
    return [
      [`value.${key}`, lines(initial.value)],
      ...(hasSecond ? ([[`second.${key}`, initial.second]] as const) : []),
      ...(hasNullBox && initial.isNull ? ([[`null.${key}`, '1']] as const) : []),
    ]
  })
}

/** What comes of a form: the parameters as JSON text, or what is wrong, as sentences. */
export function filled(
  controls: readonly Control[],
  posted: Fields,
  { texts, decimal }: { readonly texts: Texts; readonly decimal: DecimalSign } = { texts: en, decimal: '.' },
): string | string[] {
  const { parameters, problems } = readFilledForm(controls, posted, decimal)
  const say = (problem: Problem) => sayProblem(problem, texts)
  return problems.size > 0 ? [...problems.values()].map(say) : text(parameters)
}

const text = (parameters: Parameters) => writeParameters(parameters)
