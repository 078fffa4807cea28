import type { Declared } from '../language.ts'

// A parameters cell is a screenful.
const longest = 50_000

const quoted = /'[^']*(?:'|$)|\$'(?:\\[\s\S]|[^'\\])*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)|`[^`]*`?|\\[\s\S]?/y

/** The simple commands of a script, each as its words as they are written, what stands in parentheses as one. */
function commandsOf(script: string): string[][] {
  const source = script.slice(0, longest)
  const commands: string[][] = []
  let command: string[] = []
  let word = ''
  let nested = 0
  const endWord = () => {
    if (word !== '') command.push(word)
    word = ''
  }
  for (let at = 0; at < source.length; ) {
    const character = source[at]!
    if (character === '#' && (word === '' || nested > 0)) {
      const end = source.indexOf('\n', at)
      at = end < 0 ? source.length : end
      continue
    }
    quoted.lastIndex = at
    const piece = quoted.exec(source)?.[0] ?? character
    at += piece.length
    if (piece === '\\\n') continue
    if (piece === '(') nested++
    if (piece === ')') nested = Math.max(0, nested - 1)
    if (nested > 0 || piece.length > 1 || !/[\s;&|]/.test(piece)) {
      word += piece
      continue
    }
    endWord()
    if (piece === ' ' || piece === '\t') continue
    if (command.length > 0) commands.push(command)
    command = []
  }
  endWord()
  return command.length > 0 ? [...commands, command] : commands
}

const opens = /^(if|for|while|until|case|select|\{|.*\(\)\{?)$/
const closes = /^(fi|done|esac|\})$/
const declares = /^(export|declare|typeset|readonly)$/

/** What a script sets at its top level: `x=5`, `export x="…"`, `declare -i x=5`. */
export function declaredInBash(source: string): Declared[] {
  const found = new Map<string, Declared>()
  let depth = 0
  for (const command of commandsOf(source)) {
    const [first = ''] = command
    if (opens.test(first)) depth++
    if (closes.test(first)) depth = Math.max(0, depth - 1)
    if (depth > 0) continue
    const isDeclaration = declares.test(first)
    const parts = isDeclaration ? command.slice(1) : command
    // `x=5 program` sets it for that program alone.
    if (!isDeclaration && !parts.every((part) => assignment.test(part))) continue
    const isExported = first === 'export' || parts.some((part) => /^-[A-Za-z]*x/.test(part))
    for (const part of parts) {
      const [, name, value] = assignment.exec(part) ?? []
      if (name === undefined || found.has(name)) continue
      found.set(name, {
        name,
        text: isText(value!),
        ...(isDeclaration && { word: isExported ? 'export' : first }),
      })
    }
  }
  return [...found.values()]
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/

/** Bash has nothing but texts: one is meant by what stands in quotes, and by what is neither number nor truth value. */
function isText(value: string): boolean {
  if (/^('[^']*'|\$'.*'|"(\\[\s\S]|[^"\\$`])*")?$/s.test(value)) return true
  return (
    /^[^\s'"$`(){}<>*?[\]\\~]+$/.test(value) && !/^([-+]?[0-9.]+([eE][-+]?[0-9]+)?|true|false)$/.test(value)
  )
}
