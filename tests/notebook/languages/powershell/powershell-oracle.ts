import { readParameters } from '../../../../service/notebook/parameters/read.ts'
import type { Value } from '../../../../service/notebook/parameters/value.ts'
import { writeValue } from '../../../../service/notebook/parameters/write.ts'
import type { Oracle, OracleCase } from '../../oracle.ts'
import { parseTree } from '../shared/tree.ts'
import { doubleOf, readCell, textOf } from './powershell-reader.ts'

/**
 * PowerShell cannot be had here: each cell is read by its tree-sitter grammar, and its tree as PowerShell would take it:
 * nothing but assignments of literals, what each text says, and lists that fall apart in a pipeline.
 */
export const powershellOracle: Oracle = async (cases) => {
  const faults: (string | undefined)[] = []
  for (const one of cases) faults.push(await faultOf(one))
  return faults
}

async function faultOf({ params, source, names }: OracleCase): Promise<string | undefined> {
  // The grammar has no letters beyond ASCII in the names of variables; PowerShell does (CharTraits.cs).
  const plain = source.replace(/^\$[\p{L}\p{Nd}_]+(?= = )/gmu, asciiName)
  const tree = await parseTree('powershell', plain)
  try {
    const set = readCell(tree.rootNode)
    const sent = readParameters(params)
    if (set.length !== sent.length) return `${sent.length} sent, ${set.length} set`
    for (const [index, [name, value]] of sent.entries()) {
      const [variable, got] = set[index]!
      if (variable !== asciiName(`$${names[name]}`)) return `${name} is in ${variable}`
      if (got !== expected(value)) return `${name} is ${got}, not ${expected(value)}`.slice(0, 500)
    }
    return undefined
  } catch (error) {
    return String(error)
  } finally {
    tree.delete()
  }
}

function asciiName(name: string): string {
  return name.replace(/[^\w$]/gu, (letter) => `_${letter.codePointAt(0)!.toString(16)}_`)
}

/** What a value is to be in PowerShell (docs/languages.md). */
function expected(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'text':
      return textOf(value.value)
    case 'list':
      return `[${value.items.map(expected).join(' ')}]`
    case 'number': {
      if (!/^-?\d+$/.test(value.text)) return doubleOf(Number(value.text))
      const integer = BigInt(value.text)
      if (BigInt.asIntN(32, integer) === integer) return `int ${integer}`
      return `${BigInt.asIntN(64, integer) === integer ? 'long' : 'bigint'} ${integer}`
    }
    case 'object': {
      const keys = new Set(value.entries.map(([name]) => comparable(name)))
      if (keys.size < value.entries.length) return textOf(writeValue(value))
      return `{${value.entries.map(([name, member]) => `${textOf(name)}=${expected(member)}`).join(' ')}}`
    }
  }
}

/** Names that are one without regard to case, accents, widths and what is not seen. */
function comparable(name: string): string {
  const visible = name.normalize('NFKD').replace(/[\p{C}\p{M}]/gu, '')
  return visible.normalize('NFKC').toUpperCase().toLowerCase()
}
