/** What is said of the kernel that a notebook wants, by what a user's server answers to a question for its kernels. */
import t, { type Test } from 'tap'
import { createContents } from '../../service/hub/files/contents.ts'
import type { ServerState } from '../../service/hub/hub.ts'
import { createMissingKernels } from '../../service/journey/missing-kernel.ts'
import type { KeptRequest } from '../../service/journey/request.ts'
import type { Visitor } from '../../service/journey/steps.ts'
import { compileTemplate } from '../../service/notebook/template/compile.ts'
import { notebookOf } from '../notebook/support.ts'
import { listenWith } from '../support/listen.ts'
import { drips, type Listener, oddAnswers, says } from '../support/odd-answers.ts'

const listOf = (kernels: Record<string, string>) =>
  JSON.stringify({
    default: 'python3',
    kernelspecs: Object.fromEntries(
      Object.entries(kernels).map(([name, language]) => [name, { name, spec: { language } }]),
    ),
  })

const templateOf = (name: string, language: string) =>
  compileTemplate(
    Buffer.from(
      JSON.stringify({
        ...notebookOf('python'),
        metadata: { kernelspec: { name, language, display_name: name } },
      }),
    ),
  )
const r = templateOf('ir', 'R')
const running: ServerState = { state: 'ready', url: '/user/ada/', started: '1' }

/** A visitor whose server is in that state. */
const visitorOf = (server: ServerState | undefined, name = 'ada') =>
  ({
    user: { name, servers: new Map(server ? [['', server]] : []) },
    token: 'x',
    holdsCookie: true,
  }) as unknown as Visitor
const request = { server: '' } as KeptRequest

async function setUp(t: Test, answer: Listener) {
  const asked: string[] = []
  const url = await listenWith(t, (incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url} ${incoming.headers.authorization}`)
    answer(incoming, response)
  })
  const contents = createContents({ url })
  const missing = createMissingKernels(contents.kernels, { wait_ms: 2000, limit_ms: 1000 })
  t.teardown(async () => {
    missing.close()
    await contents.close()
  })
  return { missing, asked }
}

const cases: [
  label: string,
  kernels: Record<string, string>,
  template: typeof r,
  wanted: object | undefined,
][] = [
  ['a kernel that is not there', { python3: 'python' }, r, { name: 'ir', language: 'R' }],
  ['one that is there', { python3: 'python', ir: 'R' }, r, undefined],
  ['another name, the only one of its language', { python3: 'python', 'ir-4.4': 'r' }, r, undefined],
  ['two of its language', { a: 'R', b: 'R' }, r, { name: 'ir', language: 'R' }],
  ['no kernel at all, which nobody can have meant', {}, r, undefined],
]
for (const [label, kernels, template, wanted] of cases) {
  t.test(label, async (t) => {
    const { missing, asked } = await setUp(t, says(200, listOf(kernels)))
    t.same(await missing.find(request, template, visitorOf(running)), wanted)
    t.same(await missing.find(request, template, visitorOf(running)), wanted)
    t.same(asked, ['GET /user/ada/api/kernelspecs token x'], 'asked once, as the user')
  })
}

const odd: Record<string, Listener> = {
  ...Object.fromEntries(Object.entries(oddAnswers).map(([label, { answer }]) => [label, answer])),
  refuses: says(403, '{"message":"no"}'),
  'is stopped': says(424, '<html>', { 'content-type': 'text/html' }),
  drips: drips(200),
  'sends a huge list': says(200, listOf({ ['x'.repeat(300_000)]: 'R' })),
  'sends no list': says(200, '{"kernelspecs":[]}'),
}
for (const [label, answer] of Object.entries(odd)) {
  t.test(`nothing is said of a server that ${label}, and it is not asked again at once`, async (t) => {
    const { missing, asked } = await setUp(t, answer)
    t.equal(await missing.find(request, r, visitorOf(running)), undefined)
    const before = asked.length
    t.equal(await missing.find(request, r, visitorOf(running)), undefined)
    t.equal(asked.length, before)
  })
}

t.test('kernels that a hostile server makes up are no more than texts', async (t) => {
  const answer =
    '{"kernelspecs":{"__proto__":{"spec":{"language":7}},"a":null,"b":{"spec":[]},"ir2":{"spec":{"language":"R"}},"ir3":{"spec":{"language":"R"}}}}'
  const { missing } = await setUp(t, says(200, answer))
  t.same(await missing.find(request, r, visitorOf(running)), { name: 'ir', language: 'R' })
})

t.test('a page waits for a moment only; what came later is known at the next visit', async (t) => {
  let answer = () => {}
  const kernels = new Promise<ReadonlyMap<string, string>>((resolve) => {
    answer = () => resolve(new Map([['python3', 'python']]))
  })
  const missing = createMissingKernels(() => kernels, { wait_ms: 20 })
  t.equal(await missing.find(request, r, visitorOf(running)), undefined)
  answer()
  t.match(await missing.find(request, r, visitorOf(running)), { name: 'ir' })
})

t.test('of a server that does not run, what it said a moment ago; a new start is asked again', async (t) => {
  let starts = 0
  const missing = createMissingKernels(
    async () => new Map([['python3', 'python'], ...(starts++ ? [['ir', 'R'] as const] : [])]),
  )
  t.equal(await missing.find(request, r, visitorOf(undefined)), undefined)
  t.equal(starts, 0)
  t.match(await missing.find(request, r, visitorOf(running)), { name: 'ir' })
  t.match(await missing.find(request, r, visitorOf(undefined)), { name: 'ir' })
  t.equal(await missing.find(request, r, visitorOf(undefined, 'eve')), undefined, 'nobody else’s')
  t.equal(await missing.find(request, r, visitorOf({ ...running, started: '2' })), undefined)
  t.equal(starts, 2)
})

t.test('without a hub, and of a notebook that names no kernel, nothing is asked', async (t) => {
  const asking = async () => {
    throw new Error('asked')
  }
  const nobody: Visitor = { user: null, token: null, holdsCookie: true }
  t.equal(await createMissingKernels(asking).find(request, r, nobody), undefined)
  t.equal(await createMissingKernels(undefined).find(request, r, visitorOf(running)), undefined)
  t.equal(
    await createMissingKernels(asking).find(request, templateOf('', 'R'), visitorOf(running)),
    undefined,
  )
})
