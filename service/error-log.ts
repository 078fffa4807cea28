/** An error as it goes into the log. */
export interface LoggedError {
  readonly name: string
  readonly message: string
  readonly code?: string
  /** Where in this package it was thrown, innermost first: `service/journey/work.js:40:11`. */
  readonly where?: readonly string[]
  readonly cause?: LoggedError
}

const deepest = 8
const mostPlaces = 6

/**
 * An error with its causes, for the log. Only name, message, code and places are taken: errors of HTTP and OAuth
 * libraries carry whole responses and requests as properties, with the tokens in them. What looks like a
 * credential or a path of the host inside a message is masked as well, and of a stack only our own places stay.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: 'not an Error', message: mask(String(error)) }
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    message: mask(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...placesOf(error),
    ...(error.cause === undefined || depth >= deepest ? {} : { cause: loggedError(error.cause, depth + 1) }),
  }
}

function placesOf({ stack = '' }: Error): { where?: readonly string[] } {
  const frames = stack.split('\n').filter((line) => !line.includes('node_modules'))
  const places = frames.map((line) => /\/((?:service|tests)\/[\w./-]+:\d+:\d+)/.exec(line)?.[1])
  const where = places.filter((place) => place !== undefined).slice(0, mostPlaces)
  return where.length === 0 ? {} : { where }
}

function mask(text: string): string {
  return text
    .replace(/(:\/\/)[^\s/@]+@/g, '$1[hidden]@')
    .replace(/\b(bearer|token)(\s+)[\w.~+/=-]{8,}/gi, '$1$2[hidden]')
    .replace(/(['"])\/[^'"]*\1/g, '[path]')
    .replace(/(?<![\w:/])(?:\/[^\s/'":,]+){2,}\/?/g, '[path]')
    .replace(/\b(code|state|csrf|token|access_token|id_token|client_secret)=[^&\s"'<>]+/gi, '$1=[hidden]')
}
