import { createServer } from 'node:net'

const given = new Set<number>()

/**
 * A port of 127.0.0.1 that is free now. It lies below those that the kernel gives to connections and beside those that
 * `register` chooses, so that nothing takes it before its server does. The same port is never given twice.
 */
export async function sparePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

/** Whether a server could listen there. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
