import { readFileSync } from 'node:fs'
import t from 'tap'
import { Fault, type FaultCode, faultReasons, type Reason } from '../../service/fault.ts'
import { statusOf } from '../../service/web/pages/problem/fault-table.ts'
import { problemDocument } from '../../service/web/pages/problem/problem.ts'
import { pickTexts } from '../../service/web/texts/index.ts'
import { inProject } from '../support/paths.ts'

const doc = readFileSync(inProject('docs/errors.md'), 'utf8')

t.test('docs/errors.md has every fault with its status, and no other', (t) => {
  const rows = Array.from(doc.matchAll(/^\| (\d+) \| `([a-z0-9-]+)` \| (\d{3}) \| [^|]+ \| [^|]+ \|$/gm))
  t.equal(rows.length, doc.match(/^\| \d/gm)?.length, 'every row has all of its columns')
  const known = Object.entries(faultReasons).flatMap(([number, reasons]) => {
    const code = Number(number) as FaultCode
    return reasons.map((reason: Reason) => [code, reason, statusOf(new Fault(code, reason))].join(' '))
  })
  t.same(
    rows.map(([, code, reason, status]) => [code, reason, status].join(' ')),
    known,
  )
  t.end()
})

t.test('its example is what a program gets', (t) => {
  const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(doc)?.[1] ?? '')
  const fault = new Fault(15, 'missing', { name: 'measurement_name' })
  t.same(problemDocument(fault, pickTexts('en'), example.request_id, {}), example)
  t.end()
})
