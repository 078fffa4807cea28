import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml'
import { didYouMean } from '../../alike.ts'
import { type Rules, RulesFault, type TemplateRule } from './rule.ts'

/** What a rule may say (docs/schemas/templates-yaml.json). */
export const ruleMembers = ['groups', 'category', 'parameters_cell'] as const

/**
 * @param text of `templates.yaml` (`readRules`)
 * @throws RulesFault
 */
export function parseRules(text: string): Rules {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const faultAt = (offset: number, why: string) => new RulesFault(why, { line: lines.linePos(offset).line })
  const [error] = document.errors
  if (error !== undefined) throw faultAt(error.pos[0], error.code.toLowerCase().replaceAll('_', ' '))
  const { contents } = document
  if (contents === null) return new Map()
  if (!isMap(contents)) throw faultAt(contents.range?.[0] ?? 0, 'it is not a list of paths with their rules')
  const rules = new Map<string, TemplateRule>()
  for (const pair of contents.items) {
    const [path, at] = keyOf(pair)
    const clean = cleanPath(path)
    if (clean === undefined)
      throw faultAt(at, `${JSON.stringify(path)} is not a path of a folder or template`)
    rules.set(clean, { ...readRule(pair, (why) => faultAt(at, why)), line: lines.linePos(at).line })
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
  // A Mac writes names of files in another form of Unicode than people type.
  return parts.includes('..') ? undefined : parts.join('/').normalize('NFC')
}

function readRule({ value }: Pair, fault: (why: string) => RulesFault): Omit<TemplateRule, 'line'> {
  if (!isMap(value)) throw fault('its rule is not groups, a category or a parameters_cell')
  let groups: readonly string[] | undefined
  let category: string | undefined
  let parametersCell: number | undefined
  const members = value.toJSON() as Record<string, unknown>
  for (const [name, member] of Object.entries(members)) {
    if (name === 'groups') {
      if (!Array.isArray(member) || !member.every((one) => typeof one === 'string'))
        throw fault('groups is not a list of names of Hub groups')
      groups = member
    } else if (name === 'category') {
      if (typeof member !== 'string') throw fault('category is not a text')
      category = member
    } else if (name === 'parameters_cell') {
      if (!Number.isSafeInteger(member) || Number(member) < 1)
        throw fault('parameters_cell is not the number of a cell, from 1')
      parametersCell = Number(member)
    } else
      throw fault(
        `there is no rule ${JSON.stringify(name)}: only ${ruleMembers.join(', ')}${didYouMean(name, ruleMembers)}`,
      )
  }
  return { groups, category, ...(parametersCell !== undefined && { parametersCell }) }
}
