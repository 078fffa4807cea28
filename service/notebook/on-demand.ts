import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * A package that only some templates need, read when the first of them comes and not when the service starts: grammars
 * and their like have megabytes of tables in memory. Compiling a template does not wait for anything, so this is no
 * `import()`.
 */
export function onDemand<Package>(name: string): () => Package {
  let found: Package | undefined
  return () => {
    found ??= require(name) as Package
    return found
  }
}
