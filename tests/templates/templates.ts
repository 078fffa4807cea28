/** The shipped Python templates, and what SampleDB sends to them. */
export const journey = 'some_instrument/Data_Analysis_{measurement_name}.ipynb'
export const plot = 'measurement/Plot_{name}.ipynb'
export const decay = 'measurement/Decay_Fit_{temperature}.ipynb'
export const scan = 'measurement/Scan_Profile.ipynb'
export const objectFiles = 'sampledb/Object_Files_{object_id}.ipynb'

/** What people may have called an object. */
export const nastyTexts = [
  'n'.repeat(300),
  'word '.repeat(60),
  'M'.repeat(50),
  '名'.repeat(100),
  '../a/"b"\\\'c\'',
  '😀 👩‍🔬 %s %(x)s 100 %',
  '$x^2$ \\frac{1}{2} $ \\$',
  '_{name}_ <b>&amp;</b>',
  '\n\t\u0000\u202e',
]

export function quantity(magnitude: number, units: string, magnitude_in_base_units: number) {
  return { _type: 'quantity', magnitude, units, dimensionality: '', magnitude_in_base_units }
}
