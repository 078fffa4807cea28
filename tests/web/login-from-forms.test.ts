/** Who has lost the login meanwhile and sends a form: the browser would block redirects of a form to another site. */
import t, { type Test } from 'tap'
import { createUser, createVisitor, hubUser, openApp } from './app.ts'

const openFor = (t: Test) =>
  openApp(t, { whoAmI: async (token) => hubUser(token), settings: { delivery: 'contents' } })
const typed = { folder: 'mine/Größe', name: 'Typed', proposed: 'plain.ipynb' }

t.test('a confirmation without a login is answered with a page that goes on to it', async (t) => {
  const opened = await openFor(t)
  const ada = await createUser(opened, 'ada')
  const confirm = String((await ada.click('/t/plain.ipynb', '{}')).headers.location)
  t.equal((await ada.ask(confirm)).status, 200)
  const session = ada.cookies.get('notebook-templates-session')!
  ada.cookies.delete('notebook-templates-session')

  const payload = new URLSearchParams({ csrf: 'any', ...typed }).toString()
  const page = await ada.confirm(confirm, { csrf: 'any', payload })
  t.equal(page.status, 200)
  t.equal(page.headers.location, undefined, 'no redirect')
  const { refresh } = page.headers
  t.match(refresh, /^0; url=https:\/\/hub\.example\/login\?state=/)
  const link = String(refresh).slice('0; url='.length)
  t.ok(page.body.includes(`href="${link}"`), 'the same by a link')

  const state = new URL(link).searchParams.get('state')
  const back = String((await ada.ask(`/oauth_callback?code=ada&state=${state}`)).headers.location)
  t.ok(back.startsWith(`${confirm}?typed=`))
  const again = await ada.ask(back)
  t.equal(again.status, 200)
  for (const value of [typed.folder, typed.name, typed.proposed])
    t.ok(again.body.includes(`value="${value}"`), `${value} is there again`)
  t.match(again.body, /<details class="place" open>/)

  const other = String((await ada.click('/t/plain.ipynb', '{}')).headers.location)
  const elsewhere = await ada.ask(back.replace(confirm, other))
  t.equal(elsewhere.status, 200)
  t.notMatch(elsewhere.body, 'Typed', 'it is of no use for another request')
  t.not(session, ada.cookies.get('notebook-templates-session'))
})

t.test('so is calling off', async (t) => {
  const opened = await openFor(t)
  const ada = await createUser(opened, 'ada')
  const confirm = String((await ada.click('/t/plain.ipynb', '{}')).headers.location)
  ada.cookies.delete('notebook-templates-session')
  const page = await ada.confirm(`${confirm.replace('confirm', 'progress')}/cancel`, { csrf: 'any' })
  t.match([page.status, page.headers.refresh], [200, /^0; url=https:\/\/hub\.example\//])
})

t.test('and the form of a template, which leads to a confirmation', async (t) => {
  const opened = await openFor(t)
  const visitor = createVisitor(opened)
  const sent = await visitor.confirm('/form/plain.ipynb', { csrf: '', payload: '' })
  t.match([sent.status, sent.headers.location], [303, /\/confirm\/[\w-]{22}\?by=form$/])
  const page = await visitor.ask(String(sent.headers.location))
  t.match([page.status, page.headers.refresh], [200, /^0; url=https:\/\/hub\.example\//])
})

t.test('a link, a button of another site and a program are redirected as ever', async (t) => {
  const opened = await openFor(t)
  const visitor = createVisitor(opened)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const asked = await visitor.ask(confirm)
  t.match([asked.status, asked.headers.location], [303, /^https:\/\/hub\.example\//])
  const program = await visitor.confirm(confirm, { csrf: 'any', headers: { accept: 'application/json' } })
  t.match([program.status, program.headers.location], [303, /^https:\/\/hub\.example\//])
})
