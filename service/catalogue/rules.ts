import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { settlingTime_ms, versionOf } from './template-file.ts'

/** What `templates.yaml` says of one folder or template. */
export interface Rule {
  readonly groups: readonly string[] | undefined
  readonly category: string | undefined
  /** Where it stands in the file, from 1. */
  readonly line: number
}

/** Path of a folder or template below the template folder ('' is the folder itself) → its rule. */
export type Rules = ReadonlyMap<string, Rule>

/** Why `templates.yaml` cannot be followed, with its line. */
export class RulesFault extends Error {}

export const rulesFile = 'templates.yaml'

/**
 * Reads `templates.yaml` beside the templates; none is no rules.
 *
 *     some_instrument:            # a folder, or one template; "." is all of them
 *       groups: [lab-a, lab-b]    # Hub groups that may use what lies in it
 *       category: Some instrument # the heading its templates stand under
 *
 * @throws RulesFault when it is anything else: who may see what is never guessed
 */
export async function readRules(folder: string): Promise<Rules> {
  return parse((await readText(folder)) ?? '')
}

/** undefined: there is none. */
async function readText(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, rulesFile), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new RulesFault(`${rulesFile} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
}

async function parse(text: string): Promise<Rules> {
  if (text === '') return new Map()
  // Most folders have no rules, and the reader of YAML takes megabytes of memory.
  const { parseRules } = await import('./parse-rules.ts')
  return parseRules(text)
}

/** The rules on the way to a template, its own last. */
export function rulesFor(path: string, rules: Rules): readonly Rule[] {
  if (rules.size === 0) return []
  return ['', ...pathsTo(path)].flatMap((one) => rules.get(one) ?? [])
}

/** The folders on the way to a template, and itself, as rules name them. */
function pathsTo(template: string): string[] {
  const parts = template.normalize('NFC').split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** What is told of the rules that match no template: a slip of the pen in a path leaves open what it should close. */
export function unmatchedRules(rules: Rules, templates: Iterable<string>): string[] {
  const unmatched = new Map([...rules].filter(([path]) => path !== ''))
  const alike = new Map<string, string>()
  for (const template of templates) {
    if (unmatched.size === 0) break
    for (const path of pathsTo(template)) {
      unmatched.delete(path)
      alike.set(path.toLowerCase(), path)
    }
  }
  return Array.from(unmatched, ([path, { line }]) => {
    const other = alike.get(path.toLowerCase())
    const hint = other === undefined ? '' : `; there is ${JSON.stringify(other)}`
    return `line ${line}: no template is, or lies in, ${JSON.stringify(path)}${hint}`
  })
}

export interface OpenRules {
  current(): Rules
  /** What is wrong with the file as it is now; the rules of before hold until it is mended. */
  fault(): string | undefined
  /** Reads the file again, if it is not what it was. */
  refresh(): Promise<void>
}

/** @throws RulesFault at first; later a broken file changes nothing: nobody sees more for a slip of the pen */
export async function openRules(folder: string): Promise<OpenRules> {
  let known = await signatureOf(folder)
  let rules = await readRules(folder)
  let fault: string | undefined
  return {
    current: () => rules,
    fault: () => fault,
    async refresh() {
      const now = await signatureOf(folder)
      if (now !== undefined && now === known) return
      known = now
      try {
        rules = await readAgain(folder, rules)
        fault = undefined
      } catch (error) {
        if (!(error instanceof RulesFault)) throw error
        fault = error.message
      }
    },
  }
}

const longestSettling_ms = 1000

/**
 * Rules are lifted by saying so: that their file is gone or empty is as often the doing of an editor at work, or of a full
 * disk, as anybody's wish. And half a file, read while it is being saved, can be rules as well.
 */
async function readAgain(folder: string, before: Rules): Promise<Rules> {
  for (let waited_ms = 0; waited_ms < longestSettling_ms; waited_ms += settlingTime_ms) {
    if ((await signatureOf(folder)) !== undefined) break
    await pause(settlingTime_ms)
  }
  const text = await readText(folder)
  if (text || before.size === 0) return parse(text ?? '')
  throw new RulesFault(
    `it is ${text === undefined ? 'gone' : 'empty'}, and its rules of before hold: to lift them, write {} into it, or restart the service`,
  )
}

const missing = 'missing'

/** Changes whenever the file does; `undefined` when that cannot be relied on. */
async function signatureOf(folder: string): Promise<string | undefined> {
  try {
    const { signature, settled } = versionOf(await stat(join(folder, rulesFile), { bigint: true }))
    return settled ? signature : undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing : undefined
  }
}
