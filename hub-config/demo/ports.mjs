import { createServer } from 'node:net'

/** Whether a server could listen on this port of 127.0.0.1. */
export function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  )
}

/** Some port that is free now. */
export const freePort = () => listen(0)

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const found = server.address().port
      server.close(() => resolve(found))
    })
  })
}
