/**
 * For `spawn(...plainly(program, args), options)`: starts a program as users do. tap puts a loader of its own into
 * NODE_OPTIONS of all that a test starts, and so of what that starts: the hub's proxy cannot even load with it.
 */
export function plainly(program: string, args: readonly string[]): [string, string[]] {
  return ['env', ['-u', 'NODE_OPTIONS', program, ...args]]
}
