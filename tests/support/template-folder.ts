import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Path → file; templates of a test's own. */
export type Templates = Readonly<Record<string, string>>

/** Writes them below a folder that is there. */
export function writeTemplates(folder: string, templates: Templates): void {
  for (const [path, text] of Object.entries(templates)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
