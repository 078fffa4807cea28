/**
 * The heap while the service starts; imported before anything else. Reading ten thousand templates leaves twenty megabytes and makes
 * a thousand of garbage, and V8 would take thirty more for it than the service ever needs again (98 MB in all become 128, and 111
 * without the collecting: `npm run bench`, the row of 10,000 templates).
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// V8 doubles the space for new objects while many of them stay, as they do when a folder is read, and never gives it back.
setFlagsFromString('--semi-space-growth-factor=1')

setFlagsFromString('--expose-gc')
/** Collects all garbage now: what a small space for new objects passes on too early. */
export const collectGarbage: () => void = runInNewContext('gc')
setFlagsFromString('--no-expose-gc')

/** From now on requests come: the space for new objects grows with them, as it does by itself. */
export function letHeapGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
