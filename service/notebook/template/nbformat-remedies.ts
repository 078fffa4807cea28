import type { ErrorObject } from 'ajv'

/** What an author can do about a part of a notebook that does not fit its format, as an English sentence. */
export function sayRemedy({ keyword, params, instancePath }: ErrorObject): string {
  const [first, second] = instancePath.split('/').slice(1)
  if (keyword === 'additionalProperties' && params.additionalProperty === 'id')
    return 'Set nbformat_minor to 5 in its file.'
  if (first === 'outputs' || first === 'execution_count') return 'Clear the outputs in Jupyter, and save it.'
  if (first === 'metadata' && (second === 'kernelspec' || second === 'language_info'))
    return 'Open it in JupyterLab, choose its kernel, and save it.'
  if (first === 'metadata') return 'Correct the metadata.'
  return 'Open it in JupyterLab, and save it.'
}
