/**
 * What a user's token must hold: `oauth_client_allowed_scopes` of this service in the Hub's configuration, as far
 * as the user has it. Source: JupyterHub documentation, "Scopes in JupyterHub".
 */

/**
 * The scopes that a token lacks to start `server` (the default one is '') of `user` and to write into it; with
 * `service`, also what lets the user use this service at all. Empty when nothing is missing.
 *
 * @param scopes expanded, from the user model: `access:servers!user=ada`
 */
export function missingScopes(
  scopes: readonly string[],
  user: string,
  server: string,
  service?: string,
): readonly string[] {
  const covers = (filter: string) =>
    filter === '' ||
    filter === `user=${user}` ||
    filter === `server=${user}/${server}` ||
    filter.startsWith('group=')
  const missing: string[] = []
  if (!holds(scopes, ['access:servers'], covers)) missing.push(`access:servers!user=${user}`)
  // Version 5.5 does not list `start:servers` apart, version 6 does.
  const whole = holds(scopes, ['servers', 'admin:servers'], covers)
  const parts = holds(scopes, ['read:servers'], covers) && holds(scopes, ['start:servers'], covers)
  if (!whole && !parts) missing.push(`servers!user=${user}`)
  if (
    service !== undefined &&
    !holds(scopes, ['access:services'], (f) => f === '' || f === `service=${service}`)
  ) {
    missing.push(`access:services!service=${service}`)
  }
  return missing
}

/** A filter by group cannot be judged from here: it counts as held, and the Hub itself decides. */
function holds(
  scopes: readonly string[],
  names: readonly string[],
  covers: (filter: string) => boolean,
): boolean {
  return scopes.some((scope) => {
    const [name = '', filter = ''] = scope.split('!', 2)
    return names.includes(name) && covers(filter)
  })
}
