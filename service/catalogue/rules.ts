import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { versionOf } from './template-file.ts'

/** What `templates.yaml` says of one folder or template. */
export interface Rule {
  readonly groups: readonly string[] | undefined
  readonly category: string | undefined
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
  let text: string
  try {
    text = await readFile(join(folder, rulesFile), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw new RulesFault(`${rulesFile} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
  // Most folders have no rules, and the reader of YAML takes megabytes of memory.
  const { parseRules } = await import('./parse-rules.ts')
  return parseRules(text)
}

/** The rules on the way to a template, its own last. */
export function rulesFor(path: string, rules: Rules): readonly Rule[] {
  if (rules.size === 0) return []
  const parts = path.normalize('NFC').split('/')
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))].flatMap(
    (one) => rules.get(one) ?? [],
  )
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
        rules = await readRules(folder)
        fault = undefined
      } catch (error) {
        if (!(error instanceof RulesFault)) throw error
        fault = error.message
      }
    },
  }
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
