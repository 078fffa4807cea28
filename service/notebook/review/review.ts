import { type OneCell, readCell, sourceText } from '../cells.ts'
import type { CompiledTemplate } from '../compile.ts'
import { namesInPath } from '../file-name.ts'
import { readFrame } from '../frame.ts'
import { createWalk, type Walk } from '../json-walk.ts'
import type { Language } from '../languages/language.ts'
import { nameVariables } from '../names.ts'
import { findAbsolutePaths } from './absolute-paths.ts'
import type { Finding } from './finding.ts'

/** A template that can be used, and what is known of the hub where it will be. */
export interface Reviewed {
  /** Below the template folder. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly compiled: CompiledTemplate
  /** Names of the hub's kernels; `undefined` when they are not known. */
  readonly kernels: ReadonlySet<string> | undefined
}

/** What an author should know of a template that is valid, that of the whole notebook first. */
export function reviewTemplate(reviewed: Reviewed): readonly Finding[] {
  return [
    ...reviewName(reviewed),
    ...reviewKernel(reviewed),
    ...reviewLanguage(reviewed.compiled),
    ...reviewCells(reviewed),
  ]
}

/** A template that declares parameters says which ones there are. */
function reviewName({ path, compiled }: Reviewed): Finding[] {
  return namesInPath(path)
    .filter((name) => !isDeclared(name, compiled))
    .map((name) => ({
      rule: 'name',
      severity: 'fault',
      reason: `its path has {${name}}, and it declares no parameter of this name`,
    }))
}

/** Whether a parameter of this name can be expected: any, where none is declared. */
function isDeclared(name: string, { declared, language }: CompiledTemplate): boolean {
  if (declared.length === 0 || language === undefined) return true
  const names = new Set(declared.map((one) => one.name.normalize('NFC')))
  const [variable] = nameVariables([name], language.identifiers, names).variables
  return names.has(name.normalize('NFC')) || (variable !== undefined && names.has(variable.normalize('NFC')))
}

function reviewKernel({ compiled: { kernel }, kernels }: Reviewed): Finding[] {
  if (kernel === '') {
    return [
      { rule: 'kernel', severity: 'warning', reason: 'it names no kernel, so that Jupyter asks for one' },
    ]
  }
  if (kernels === undefined || kernels.has(kernel)) return []
  const reason = `its kernel is ${JSON.stringify(kernel)}, which is not among those of the hub`
  return [{ rule: 'kernel', severity: 'fault', reason }]
}

function reviewLanguage({ language, languageName }: CompiledTemplate): Finding[] {
  if (language !== undefined) return []
  const named =
    languageName === ''
      ? 'it names no language'
      : `its language, ${JSON.stringify(languageName)}, is not known here`
  return [{ rule: 'language', severity: 'warning', reason: `${named}: parameters go in as JSON text` }]
}

function reviewCells({ bytes, compiled }: Reviewed): Finding[] {
  const findings: Finding[] = []
  const walk = createWalk(bytes, compiled.places.start, () => undefined)
  const frame = readFrame(walk, () => {})
  let isFirst = true
  walk.goTo(frame.cells)
  walk.list((index) => {
    const cell = readCell(walk, frame, index + 1)
    const add = (finding: Finding) => findings.push({ ...finding, cell: index + 1 })
    if (cell.tags.includes('parameters') && isFirst) {
      isFirst = false
      reviewParameters(walk, cell, compiled.language).forEach(add)
    }
    if (cell.type === 'code') reviewCode(walk, cell).forEach(add)
  })
  return findings
}

function reviewParameters(walk: Walk, cell: OneCell, language: Language | undefined): Finding[] {
  const fault = (reason: string): Finding => ({ rule: 'parameters', severity: 'fault', reason })
  if (cell.type !== 'code') {
    return [fault('it has the tag parameters and is no code cell, so that nothing in it is run')]
  }
  const places = language?.unreadable?.(sourceText(walk, cell.source)) ?? []
  return places.map(({ line, column }) =>
    fault(`it is not ${language?.name} (line ${line}, column ${column})`),
  )
}

function reviewCode(walk: Walk, cell: OneCell): Finding[] {
  const findings = findAbsolutePaths(sourceText(walk, cell.source)).map((path): Finding => {
    const short = path.length > 100 ? `${path.slice(0, 99)}…` : path
    return {
      rule: 'absolute-path',
      severity: 'warning',
      reason: `it has the absolute path ${JSON.stringify(short)}`,
    }
  })
  if (!cell.hasOutputs) return findings
  const reason = 'it has outputs, which are copied into every notebook that is made'
  return [...findings, { rule: 'outputs', severity: 'warning', reason }]
}
