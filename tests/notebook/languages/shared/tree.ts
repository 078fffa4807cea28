import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter'

// The optimizing compiler takes half a minute for a grammar of one huge function, and the process waits for it to end.
setFlagsFromString('--liftoff-only')

const require = createRequire(import.meta.url)
const ofCode = (name: string) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`

/** Where each grammar is. */
const grammars: Readonly<Record<string, string>> = {
  bash: ofCode('bash'),
  c: 'tree-sitter-c/tree-sitter-c.wasm',
  'c-sharp': ofCode('c-sharp'),
  cpp: ofCode('cpp'),
  fsharp: 'tree-sitter-fsharp/tree-sitter-fsharp.wasm',
  go: ofCode('go'),
  java: ofCode('java'),
  javascript: ofCode('javascript'),
  julia: 'tree-sitter-julia/tree-sitter-julia.wasm',
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  powershell: ofCode('powershell'),
  python: ofCode('python'),
  ruby: ofCode('ruby'),
  rust: ofCode('rust'),
  scala: 'tree-sitter-scala/tree-sitter-scala.wasm',
  typescript: ofCode('typescript'),
}

// The parser's own buffer holds a little more.
const longestPiece = 4096

const parsers = new Map<string, Promise<Parser>>()

/** The parser of a language by its tree-sitter grammar. */
export function parserOf(language: string): Promise<Parser> {
  let parser = parsers.get(language)
  if (parser === undefined) {
    parser = load(language)
    parsers.set(language, parser)
  }
  return parser
}

async function load(language: string): Promise<Parser> {
  const grammar = grammars[language]
  if (grammar === undefined) throw new Error(`There is no grammar of ${language}.`)
  await Parser.init()
  return new Parser().setLanguage(await Language.load(await readFile(require.resolve(grammar))))
}

/** The tree of a source; `delete` it when it is no longer needed. */
export async function parseTree(language: string, source: string): Promise<Tree> {
  // It reads a source of one piece in pieces that part surrogate pairs.
  const piece = (from: number) => {
    const isParted = /[\ud800-\udbff]/.test(source[from + longestPiece - 1] ?? '')
    return source.slice(from, from + longestPiece - (isParted ? 1 : 0))
  }
  return (await parserOf(language)).parse(piece)!
}

/** Every node of a tree with its parents before it, tokens without a name of their own left out. */
export function* namedNodes(tree: Tree): Generator<Node> {
  const cursor = tree.walk()
  try {
    for (;;) {
      if (cursor.nodeIsNamed || cursor.nodeIsMissing) yield cursor.currentNode
      if (cursor.gotoFirstChild()) continue
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return
    }
  } finally {
    cursor.delete()
  }
}
