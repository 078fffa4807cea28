/** A text as a JSON string of ASCII only, in which no comment of any language can end. */
export function asciiJson(text: string): string {
  return escaped(text.length > 500 ? `${text.slice(0, 500)}...` : text)
}

/**
 * A text within a comment that has a line to itself: as `asciiJson`, whole and without its quotes, and never what a Python or
 * Ruby script reads as its encoding (PEP 263): `coding: utf-7` would change how the rest is read.
 */
export function asciiLine(text: string): string {
  return escaped(text)
    .slice(1, -1)
    .replace(/(?<=codin)g(?=[:=])/gi, unitEscape)
}

function escaped(text: string): string {
  return JSON.stringify(text)
    .replace(/[^\x20-\x7e]/g, unitEscape)
    .replaceAll('*/', '*\\/')
}

function unitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
