import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml'

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
  return parseRules(text)
}

/** @throws RulesFault */
export function parseRules(text: string): Rules {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const faultAt = (offset: number, why: string) =>
    new RulesFault(`${rulesFile}, line ${lines.linePos(offset).line}: ${why}`)
  const [error] = document.errors
  if (error !== undefined) throw faultAt(error.pos[0], error.code.toLowerCase().replaceAll('_', ' '))
  const { contents } = document
  if (contents === null) return new Map()
  if (!isMap(contents)) throw faultAt(contents.range?.[0] ?? 0, 'it is not a list of paths with their rules')
  const rules = new Map<string, Rule>()
  for (const pair of contents.items) {
    const [path, at] = keyOf(pair)
    const clean = cleanPath(path)
    if (clean === undefined)
      throw faultAt(at, `${JSON.stringify(path)} is not a path of a folder or template`)
    rules.set(
      clean,
      readRule(pair, (why) => faultAt(at, why)),
    )
  }
  return rules
}

function keyOf({ key }: Pair): [name: string, offset: number] {
  if (!isScalar(key)) return ['', 0]
  return [String(key.value), key.range?.[0] ?? 0]
}

/** `./a//b/` → `a/b`, `.` → ''; `undefined` for what leaves the folder. */
function cleanPath(path: string): string | undefined {
  if (path === '' || path.startsWith('/') || path.includes('\\')) return undefined
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.includes('..') ? undefined : parts.join('/')
}

function readRule({ value }: Pair, fault: (why: string) => RulesFault): Rule {
  if (!isMap(value)) throw fault('its rule is not groups or a category')
  let groups: readonly string[] | undefined
  let category: string | undefined
  const members = value.toJSON() as Record<string, unknown>
  for (const [name, member] of Object.entries(members)) {
    if (name === 'groups') {
      if (!Array.isArray(member) || !member.every((one) => typeof one === 'string'))
        throw fault('groups is not a list of names of Hub groups')
      groups = member
    } else if (name === 'category') {
      if (typeof member !== 'string') throw fault('category is not a text')
      category = member
    } else throw fault(`there is no rule ${JSON.stringify(name)}: only groups and category`)
  }
  return { groups, category }
}

/** The rules on the way to a template, its own last. */
export function rulesFor(path: string, rules: Rules): readonly Rule[] {
  if (rules.size === 0) return []
  const parts = path.split('/')
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))].flatMap(
    (one) => rules.get(one) ?? [],
  )
}

export interface OpenRules {
  current(): Rules
  /** What is wrong with the file as it is now; the rules of before hold until it is mended. */
  fault(): string | undefined
  /** Reads the file again. */
  refresh(): Promise<void>
}

/** @throws RulesFault at first; later a broken file changes nothing: nobody sees more for a slip of the pen */
export async function openRules(folder: string): Promise<OpenRules> {
  let rules = await readRules(folder)
  let fault: string | undefined
  return {
    current: () => rules,
    fault: () => fault,
    async refresh() {
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
