import t from 'tap'
import { showTerminal } from '../../../service/preview/html/ansi.ts'
import { writeHtml } from '../../../service/preview/html/tree.ts'
import { textOf } from '../support.ts'

const html = (text: string) => writeHtml(showTerminal(text))
const span = (classes: string, text: string) => `<span class="${classes}">${text}</span>`
const esc = '\x1b['

t.test('colours and letters of terminals', async (t) => {
  const cases: [label: string, text: string, html: string][] = [
    ['plain', 'a', 'a'],
    ['a colour', `${esc}31ma${esc}0mb`, `${span('ansi-red', 'a')}b`],
    ['a bright colour', `${esc}92ma`, span('ansi-green', 'a')],
    ['a ground', `${esc}43ma${esc}49mb`, `${span('ansi-on-yellow', 'a')}b`],
    ['a bright ground', `${esc}104ma`, span('ansi-on-blue', 'a')],
    ['several at once', `${esc}1;4;35;46ma`, span('ansi-bold ansi-underline ansi-magenta ansi-on-cyan', 'a')],
    [
      'one after the other',
      `${esc}1m${esc}3m${esc}31ma${esc}22;23mb`,
      span('ansi-bold ansi-italic ansi-red', 'a') + span('ansi-red', 'b'),
    ],
    ['no number', `${esc}31ma${esc}mb`, `${span('ansi-red', 'a')}b`],
    ['back to the usual colour', `${esc}4;31ma${esc}24;39mb`, `${span('ansi-underline ansi-red', 'a')}b`],
    ['swapped', `${esc}7;31ma${esc}27mb`, span('ansi-on-red', 'a') + span('ansi-red', 'b')],
    ['swapped without a colour', `${esc}7ma`, span('ansi-on-white', 'a')],
    ['one of 256 that is one of 16', `${esc}38;5;9ma`, span('ansi-red', 'a')],
    [
      'one of 256',
      `${esc}38;5;28ma${esc}38;5;21mb${esc}38;5;208mc`,
      span('ansi-green', 'a') + span('ansi-blue', 'b') + span('ansi-yellow', 'c'),
    ],
    ['a grey of 256', `${esc}38;5;241ma`, span('ansi-black', 'a')],
    ['any colour', `${esc}38;2;200;30;180ma`, span('ansi-magenta', 'a')],
    ['any colour, with colons', `${esc}48:2:0:200:210ma`, span('ansi-on-cyan', 'a')],
    [
      'a colour without numbers',
      `${esc}38ma${esc}38;5mb${esc}38;2;1mc`,
      `a${span('ansi-black', 'b')}${span('ansi-black', 'c')}`,
    ],
    ['colours and more in one', `${esc}38;5;28;01ma`, span('ansi-bold ansi-green', 'a')],
    ['codes that nobody knows', `${esc}8;73;999ma`, 'a'],
  ]
  for (const [label, text, expected] of cases) t.equal(html(text), expected, label)
})

t.test('what moves the cursor, rings or names a window is left out', async (t) => {
  const cases: [text: string, shown: string][] = [
    [`a${esc}2Kb${esc}1Ac`, 'abc'],
    [`a${esc}?25lb`, 'ab'],
    ['a\x1b]0;title\x07b', 'ab'],
    ['a\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\b', 'alinkb'],
    ['a\x07\x08\x00b\x9b31mc', 'ab31mc'],
    ['a\x1b', 'a'],
    [`a${esc}`, 'a'],
    [`a${esc}31`, 'a'],
    ['a\tb\nc', 'a\tb\nc'],
    [`<b>${esc}31m<i>&amp;`, '<b><i>&amp;'],
  ]
  for (const [text, shown] of cases) t.equal(textOf(html(text)), shown, JSON.stringify(text))
})

t.test('a line is shown as it was written last', async (t) => {
  const cases: [text: string, shown: string][] = [
    ['a\r\nb', 'a\nb'],
    ['10 %\r50 %\r100 %\ndone', '100 %\ndone'],
    ['\r 10 %', ' 10 %'],
    ['100 %\r', '100 %'],
    ['a\rb\nc\rd', 'b\nd'],
  ]
  for (const [text, shown] of cases) t.equal(textOf(html(text)), shown, JSON.stringify(text))
})

t.test('hostile sequences take time in proportion to their length', async (t) => {
  const pieces = [esc, '\x1b]', `${esc}1;`, `${esc}31m`, '\r', 'a\r', '\x1b]a', `${esc}${'1;'.repeat(50)}m`]
  for (const piece of pieces) {
    const since = process.cpuUsage()
    html(piece.repeat(Math.ceil(400_000 / piece.length)))
    const { user } = process.cpuUsage(since)
    t.ok(user < 2_000_000, `${JSON.stringify(piece.slice(0, 8))}: ${user} µs`)
  }
})
