import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { settlingTime_ms, versionOf } from '../template-file.ts'
import { type Rules, RulesFault, rulesFile, type TemplateRule } from './rule.ts'

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
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new RulesFault(`${rulesFile} cannot be read: ${code}`, { wasRead: false })
  }
}

async function parse(text: string): Promise<Rules> {
  if (text === '') return new Map()
  // Most folders have no rules, and the reader of YAML takes megabytes of memory.
  const { parseRules } = await import('./parse-rules.ts')
  return parseRules(text)
}

/** The rules on the way to a template, or to a file that goes with one, its own last. */
export function rulesFor(path: string, rules: Rules): readonly TemplateRule[] {
  if (rules.size === 0) return []
  return ['', ...pathsTo(path)].flatMap((one) => rules.get(one) ?? [])
}

/** The cell that they name for a template (`parameters_cell`): what says it last, holds. */
export function parametersCellFor(path: string, rules: Rules): number | undefined {
  return rulesFor(path, rules).findLast(({ parametersCell }) => parametersCell !== undefined)?.parametersCell
}

/** The folders on the way to a file, and itself, as rules name them. */
function pathsTo(file: string): string[] {
  const parts = file.normalize('NFC').split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Rules that match no template, and no file of one: a slip of the pen in a path leaves open what it should close. */
export function unmatchedRules(rules: Rules, paths: Iterable<string>): UnmatchedRule[] {
  const unmatched = new Map([...rules].filter(([path]) => path !== ''))
  const alike = new Map<string, string>()
  for (const one of paths) {
    if (unmatched.size === 0) break
    for (const path of pathsTo(one)) {
      unmatched.delete(path)
      alike.set(path.toLowerCase(), path)
    }
  }
  return Array.from(unmatched, ([path, { line }]) => {
    const other = alike.get(path.toLowerCase())
    const hint = other === undefined ? '' : `; there is ${JSON.stringify(other)}`
    return { line, reason: `no template is, or is in, ${JSON.stringify(path)}${hint}` }
  })
}

/** A rule's line, and what is told of it. */
export interface UnmatchedRule {
  readonly line: number
  readonly reason: string
}

export interface OpenRules {
  current(): Rules
  /** What is wrong with the file as it is now; the rules of before hold until it is fixed. */
  fault(): string | undefined
  /** Looks at the file again, and reads it if it is not what it was. */
  refresh(): Promise<void>
  /** The same, at most once a second. */
  refreshNowAndThen(): Promise<void>
}

/** While nobody knows what the rules are, nobody may use anything: the file may have limited all of it. */
const nobody: TemplateRule = { groups: [], category: undefined, line: 0 }
const closed: Rules = new Map([['', nobody]])
/** The same while the file could not be read at all: perhaps there is none. */
const unread: Rules = new Map([['', nobody]])
const isClosed = (rules: Rules) => rules === closed || rules === unread

/**
 * A file that cannot be followed is a fault to be told, and ends nothing: with this service the Hub would end, too. At
 * first it closes everything; later the rules of before hold, so that nobody sees more by a typing error.
 */
export async function openRules(folder: string, lookEvery_ms = 1000): Promise<OpenRules> {
  let known: string | undefined
  let rules: Rules = new Map()
  let fault: string | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> = Promise.resolve()

  async function read(before: Rules, text: () => Promise<Rules>): Promise<void> {
    known = await signatureOf(folder)
    try {
      rules = await text()
      fault = undefined
    } catch (error) {
      if (!(error instanceof RulesFault)) throw error
      rules = before === unread && error.wasRead ? closed : before
      fault = error.message
    }
  }

  async function refresh(): Promise<void> {
    const now = await signatureOf(folder)
    if (now !== undefined && now === known) return
    await read(rules, () => readAgain(folder, rules))
  }

  await read(unread, () => readRules(folder))
  return {
    current: () => rules,
    fault: () => (isClosed(rules) ? `${fault}; until it is fixed, no template can be used` : fault),
    refresh,
    refreshNowAndThen() {
      if (performance.now() - lookedAt < lookEvery_ms) return looking
      lookedAt = performance.now()
      looking = refresh()
      return looking
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
  if (text || before.size === 0 || before === unread) return parse(text ?? '')
  const what = before === closed ? 'its rules are not known' : 'its previous rules still apply'
  throw new RulesFault(
    `it is ${text === undefined ? 'gone' : 'empty'}, and ${what}: to lift them, write {} into it, or restart the service`,
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
