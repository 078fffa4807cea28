import { createUser, type TestApp, type Visitor } from './app.ts'

export interface Waiting {
  readonly visitor: Visitor
  /** Where the events of a request are, which waits for ever: the app of these tests has nobody who works. */
  readonly events: string
}

/** A user who has confirmed. */
export async function waiting(app: TestApp, name: string): Promise<Waiting> {
  const visitor = await createUser(app, name)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const page = await visitor.ask(String((await visitor.confirm(confirm)).headers.location))
  return { visitor, events: /data-events="([^"]+)"/.exec(page.body)![1]! }
}
