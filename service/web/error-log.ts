/** An error as it goes into the log. */
export interface LoggedError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

const deepest = 8

/**
 * An error with its causes, for the log. Only name, message, code and stack are taken: errors of HTTP and OAuth
 * libraries carry whole responses and requests as properties, with the tokens in them. What looks like a
 * credential inside a message is masked as well.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: 'not an Error', message: mask(String(error)) }
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    message: mask(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: mask(error.stack) }),
    ...(error.cause === undefined || depth >= deepest ? {} : { cause: loggedError(error.cause, depth + 1) }),
  }
}

function mask(text: string): string {
  return text
    .replace(/\b(bearer|token)(\s+)[\w.~+/=-]{8,}/gi, '$1$2[hidden]')
    .replace(/\b(code|state|csrf|token|access_token|id_token|client_secret)=[^&\s"'<>]+/gi, '$1=[hidden]')
}
