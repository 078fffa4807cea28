import type { Review } from '../reviewed.ts'

/**
 * A notebook that jupytext keeps beside another file: `metadata.jupytext.formats` names its formats, such as
 * `ipynb,py:percent` or `notebooks//ipynb,scripts//py` (jupytext's documentation, "Paired notebooks").
 */
export const jupytextPair: Review<'jupytext-pair'> = {
  codes: { 'jupytext-pair': 'warning' },
  find({ metadata }) {
    const { formats } = (metadata('jupytext') ?? {}) as { formats?: unknown }
    if (typeof formats !== 'string' || formats.length > 1000 || !pairs(formats)) return []
    return [
      {
        code: 'jupytext-pair',
        message: `jupytext pairs it (${JSON.stringify(formats)}), so that saving a notebook that is made writes a second file`,
        remedy: 'Unpair the notebook in Jupyter, or take metadata.jupytext.formats out.',
      },
    ]
  },
}

function pairs(formats: string): boolean {
  return formats.split(',').some((one) => {
    const [, extension = ''] = /([^/.]*)$/.exec(one.split(':')[0]!.trim()) ?? []
    return extension !== '' && extension !== 'ipynb'
  })
}
