/**
 * What kind of error this is and what caused it, for the log: codes and class names only, because messages of the file
 * system hold paths of the host.
 *
 * @example errorName(error) // 'Fault < ENOSPC'
 */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code, name, cause } = error as NodeJS.ErrnoException
  const own = typeof code === 'string' ? code : name
  return cause === undefined ? own : `${own} < ${errorName(cause)}`
}
