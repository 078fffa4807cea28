import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * Runs a cell by Python and tells the variables that it sets. JSON has fewer types than Python, so numbers come as
 * `int:…` and `float:…`.
 */
export async function runCell(source: string): Promise<unknown> {
  const child = promisify(execFile)('python3', ['-c', program])
  child.child.stdin?.end(source)
  return JSON.parse((await child).stdout)
}

/** Python's `show(value)`: a value in the notation of `runCell`, so that what was sent and what was set compare. */
export const showInPython = `def show(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return f"{type(value).__name__}:{value!r}"
    if isinstance(value, dict):
        return {key: show(item) for key, item in value.items()}
    return [show(item) for item in value]
`

const program = `
import json, sys
names = {}
exec(sys.stdin.read(), names)
names.pop("__builtins__")
${showInPython}print(json.dumps(show(names)))
`
