import { notebookOf } from '../notebook/support.ts'

/** Every kind of parameter that a form can ask for; numbers as their author wrote them. */
const params = `{
  "type": "object",
  "required": ["sample_name", "method", "measured"],
  "properties": {
    "sample_name": {"type": "string", "title": "Sample", "description": "As written on the vial.", "pattern": "^S-[0-9]+$"},
    "temperature": {"type": ["number", "null"], "title": "Temperature", "minimum": 0, "x-unit": "K"},
    "repeats": {"type": "integer", "minimum": 1, "maximum": 10},
    "calibrated": {"type": "boolean", "title": "Calibrated"},
    "method": {"enum": ["fast", "exact"], "title": "Method"},
    "detector": {"oneOf": [{"const": 1, "title": "Photodiode"}, {"const": 2, "title": "CCD camera"}], "title": "Detector"},
    "measured": {"type": "string", "format": "date-time", "title": "Measured"},
    "day": {"type": "string", "format": "date"},
    "start": {"type": "string", "format": "time"},
    "duration": {"$ref": "sampledb:quantity", "title": "Duration", "properties": {"units": {"enum": ["min", "s"]}}},
    "pressure": {"$ref": "sampledb:quantity", "title": "Pressure"},
    "created": {"$ref": "sampledb:datetime", "title": "Created"},
    "sample": {"$ref": "sampledb:object", "title": "Sample object"},
    "peaks": {"type": "array", "items": {"type": "number"}, "title": "Peaks", "default": [1.0, 2.50]},
    "comment": {"type": "string", "maxLength": 2000, "title": "Comment"},
    "anything": {}
  }
}`

const source = `sample_name: str = "S-1"
repeats = 3  # how often each spectrum is taken
temperature = 293.150
calibrated = True`

const own = {
  title: 'Peaks of a spectrum',
  description: 'Finds the peaks of a spectrum and fits them.',
  tags: ['spectrum'],
  authors: ['Ada Lovelace'],
  params: 0,
}

/** A template with all of them; its path has one. */
export const formTemplate = {
  path: 'Peaks_{sample_name}.ipynb',
  url: 't/Peaks_%7Bsample_name%7D.ipynb',
  bytes: JSON.stringify(notebookOf('python', source, own)).replace('"params":0', () => `"params":${params}`),
}
