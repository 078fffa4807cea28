/** The fault that an action ends in, as a plain object: `{code, reason, values}`, of any other error its `name`. */
export async function faultOf(action: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await action
  } catch (error) {
    const { name, code, reason, values } = error as Record<string, unknown>
    return code === undefined ? { name } : { code, reason, values }
  }
  return { name: 'no error' }
}
