import { execFileSync } from 'node:child_process'
import t from 'tap'
import { rCell } from '../../../../service/notebook/languages/r/r-cell.ts'
import { inProject } from '../../../support/paths.ts'
import { label, run } from '../../support.ts'
import { cellsOf, readBy, sample } from '../shared/read-by.ts'

t.test('a parameters cell of R', async (t) => {
  const table: [label: string, source: string, ...wanted: string[]][] = [
    ['an arrow', 'a <- 5L  # how many', 'a = 5L → 5 # how many'],
    ['an equal sign', 'a = -1.5', 'a = -1.5 → -1.5'],
    ['to the right', '"x" -> a; 1 ->> b', 'a! = "x" → "x"', 'b = 1 → 1'],
    ['a text for a name', '"a" <- TRUE', 'a = TRUE → true'],
    ['a name in backticks', '`a b` <- 1', 'a b = 1 → 1'],
    ['a chain', 'a <- b <- NULL', 'a = NULL → null', 'b = NULL → null'],
    ['a vector', 'a <- c(1, 2)', 'a = c(1, 2) → [1,2]'],
    ['a vector of one', 'a <- c("x")', 'a = c("x") → ["x"]'],
    ['a vector that makes one type of two', 'a <- c(1, "x")', 'a = c(1, "x")'],
    ['a vector with names', 'a <- c(b = 1)', 'a = c(b = 1)'],
    ['a list', 'a <- list(1, "x", list())', 'a = list(1, "x", list()) → [1,"x",[]]'],
    ['a list with names', 'a <- list(b = 1, "c d" = T)', 'a = list(b = 1, "c d" = T) → {"b":1,"c d":true}'],
    ['a raw text', 'a <- r"--(x)"y)--"', 'a! = r"--(x)"y)--" → "x)\\"y"'],
    ['escapes', 'a <- "\\u00e9\\x41\\u{263a}"', 'a! = "\\u00e9\\x41\\u{263a}" → "éA☺"'],
    [
      'numbers',
      'a = 0x1F; b = 1e3L; c = .5; d = 2i',
      'a = 0x1F → 31',
      'b = 1e3L → 1000',
      'c = .5 → 0.5',
      'd = 2i',
    ],
    ['not finite', 'a = NaN; b = -Inf; c = NA', 'a = NaN → NaN', 'b = -Inf → -Infinity', 'c = NA'],
    ['a minus sign and a formula', 'a <- -1\nb <- ~ x', 'a = -1 → -1', 'b = ~ x'],
    ['lines above', "#' the name\na <- 1\n\nb <- 2", 'a = 1 → 1 # the name', 'b = 2 → 2'],
    ['over lines', 'a <- c(\n  1,\n  2\n) # both', 'a = c(\n  1,\n  2\n) → [1,2] # both'],
    ['an operator at the end of a line', 'a <- 1 +\n  2\nb <- 3', 'a = 1 +\n  2', 'b = 3 → 3'],
    ['letters of all kinds', 'größe <- 1', 'größe = 1 → 1'],
    [
      'inside of blocks',
      'if (x) {\n  a <- 1\n} else {\n  b <- 2\n}\nf <- function(x) y <- 1',
      'f = function(x) y <- 1',
    ],
    ['what is no plain assignment', 'names(a) <- "x"\na$b <- 1\na[1] <- 2\nf(c = 1)\nx == 1'],
    ['a line that is not R', 'a <- 1\nb <- <- 2\nc <- 3', 'a = 1 → 1', 'c = 3 → 3', '✗ 2:6'],
    ['a text that stays open', 'a <- 1\nb <- "x\nc <- 3', 'a = 1 → 1', '✗ 2:6'],
    ['else on a line of its own, at the top', 'if (a) b\nelse c', '✗ 2:1'],
    ['line ends of Windows', 'a <- 1\r\nb <- 2 # two\r\n', 'a = 1 → 1', 'b = 2 → 2 # two'],
  ]
  for (const [name, source, ...wanted] of table) t.strictSame(readBy(rCell, source), wanted, name)
})

const statements = [
  'a <- 1',
  'b = 2  # help',
  'c <- "x"',
  'd <- c(1,\n  2)',
  'e <- list(a = 1, "b" = NULL)',
  '# note',
  '',
  'f <- function(x, y = 2, ...) {\n  x + y\n}',
  'if (a) {\n  g <- 1\n} else {\n  h <- 2\n}',
  'if (a) b else c',
  '"x" -> i',
  '5 ->> j',
  'k <- l <- 3',
  'm <- r"(a\nb)"',
  'library(x)',
  'x$y <- 1',
  'names(x) <- "a"',
  'n <- if (a) 1 else 2',
  'o <- function() NULL',
  'p <- -1.5e3',
  'q <- x |> f()',
  '`a b` <- 1',
  's <- \\(x) x',
  't <- a %in% b',
  'u <- ~ x + y',
  'for (i in 1:10) print(i)',
  'v <- x[1, , drop = FALSE][[2]]$z@w',
  'w <- -2:3',
  '{ x <- 1; y <- 2 }',
  'repeat { break }',
  'z <- a::b(c)',
  'y ~ x | z',
  'x <- (a = 1)',
  'while(TRUE) next',
  'f(x)(y)',
  '!a == b',
  '-a^2',
  'function(x) -x',
  'x <- {\n  a\n\n  b\n}',
  '{\n  if (a) b\n  else c\n}',
]
const fragments = [
  ...'=[](){},:+-*/^!?~<>|&"\'#$@`\n',
  ' <- ',
  ' -> ',
  ' = ',
  '[[',
  'NULL',
  'TRUE',
  'r"(',
  'if (x) ',
  'else ',
  'function(x) ',
  'for (i in 1:3) ',
  'break',
  '%in%',
  '0x1F',
  '5L',
  '1e5',
  '1i',
  '<<-',
  '==',
  '&&',
  '|>',
  '**',
  '...',
  ':=',
  '.5',
  'é',
  '\t',
]

t.test('R itself reads the same', async (t) => {
  const cells = sample(cellsOf(statements, fragments), 3000)
  const printed = run(
    'Rscript',
    [inProject('tests/notebook/languages/r/read_cells.R')],
    `${cells.map(encodeURIComponent).join('\n')}\n`,
  )
  const answers = printed.trimEnd().split('\n')
  t.equal(answers.length, cells.length)
  const differences: string[] = []
  let broken = 0
  let told = 0
  cells.forEach((cell, index) => {
    const [kind, ...names] = answers[index]!.trim().split(' ')
    const isRefused = rCell.unreadable(cell).length > 0
    if (kind === 'broken') {
      broken++
      if (isRefused) told++
      return
    }
    const wanted = [...new Set(names.map(decodeURIComponent))].sort()
    const got = rCell
      .declared(cell)
      .map(({ name }) => name)
      .sort()
    if (isRefused || got.join('\n') !== wanted.join('\n'))
      differences.push(label(`${cell} ⇒ ${got} / ${wanted}`))
  })
  t.strictSame(differences.slice(0, 5), [], 'what it takes')
  t.ok(broken > 500 && told > 0.95 * broken, `what it refuses: ${told} of ${broken} are told`)
})

t.test('the parser of R is made from its grammar', async (t) => {
  const program = inProject('tests/run/generate-r-grammar.mjs')
  t.equal(execFileSync(process.execPath, [program, '--check'], { encoding: 'utf8' }), '')
})
