import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { inProject } from './paths.ts'

export interface Person {
  readonly name: string
  readonly login: string
  readonly password: string
}

/** A real SampleDB with a real PostgreSQL (tests/support/sampledb/start.mjs). */
export interface SampleDb {
  /** On `localhost`, which to a browser is another site than a hub's 127.0.0.1; `/` at its end. */
  readonly url: string
  /** Of PostgreSQL's socket. */
  readonly folder: string
}

type Data = Readonly<Record<string, unknown>>

interface Start {
  readonly people: readonly [admin: Person, ada: Person]
  startSampleDb(options: object): Promise<SampleDb & { stop(): Promise<void>; log(): string }>
}

interface Scans {
  scanActions(): object[]
  makeObjects(sampledb: SampleDb, person: Person): Promise<{ sample: number; scan: number }>
  createObject(sampledb: SampleDb, person: Person, action: number, data: Data): Promise<number>
  makeToken(sampledb: SampleDb, person: Person): Promise<string>
  readonly fullScan: Data
  text(text: string | Data): Data
}

const start: Start = await import(inProject('tests/support/sampledb/start.mjs'))

/** The two actions of every such SampleDB, with the entries of docs/sampledb.md, and what makes objects of them. */
export const scans: Scans = await import(inProject('tests/support/sampledb/scans.mjs'))

export const [admin, ada] = start.people

/** Starts one for this test, with people and the actions `Sample` and `Scan`. It is ended with the test. */
export async function startSampleDb(
  t: Test,
  options: { port: number; settings: Readonly<Record<string, string>> },
): Promise<SampleDb> {
  const sampledb = await start.startSampleDb({ ...options, actions: scans.scanActions() })
  t.teardown(async () => {
    if (!t.passing()) t.comment(sampledb.log().split('\n').slice(-100).join('\n'))
    await sampledb.stop()
  })
  return sampledb
}

/** On its sign-in page, on the way to one of its pages. */
export async function signIn(page: Page, { url }: SampleDb, person: Person, next = ''): Promise<void> {
  await page.goto(`${url}users/me/sign_in?next=/${next}`)
  await page.getByLabel('Username').fill(person.login)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${url}${next}`)
}

/** Two clicks on the page of an object: *Create Notebook*, and the button of this title. */
export async function pressButton(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Create Notebook' }).click()
  await page.getByRole('button', { name: title, exact: true }).click()
}

/** As its database holds what a person could not type. */
export function psql({ folder }: SampleDb, command: string): void {
  execFileSync('psql', [
    '--quiet',
    '--host',
    folder,
    '--username',
    'sampledb',
    '--command',
    command,
    'postgres',
  ])
}
