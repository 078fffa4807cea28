/** A template folder and a state folder of a test's own. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { type Catalogue, type CatalogueOptions, openCatalogue } from '../../service/catalogue/catalogue.ts'

/** A valid notebook with this text in its only cell. */
export function notebook(source: string): string {
  return notebookWith({ source })
}

/** @param own `metadata.notebook_templates` */
export function notebookWith({
  source = '',
  own,
  language = 'python',
}: {
  source?: string
  own?: object
  language?: string
}): string {
  const cell = {
    cell_type: 'code',
    execution_count: null,
    id: 'a',
    metadata: {},
    outputs: [],
    source: [source],
  }
  const metadata = {
    kernelspec: { display_name: language, language, name: `${language}-kernel` },
    ...(own && { notebook_templates: own }),
  }
  return `${JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
}

export interface Folder {
  readonly dir: string
  readonly stateDir: string
  readonly warnings: { details: object; message: string }[]
  /** Saves in place, as most editors do. */
  write(path: string, content: string | Uint8Array): void
  open(options?: Partial<CatalogueOptions>): Promise<Catalogue>
}

/** @param files path → content; `null` is a notebook of its own */
export function createFolder(t: Test, files: Record<string, string | null> = {}): Folder {
  const opened: Catalogue[] = []
  // Before `testdir`, so that it comes before the folder is removed: an open catalogue would look at what is left of it.
  t.teardown(async () => {
    for (const catalogue of opened) await catalogue.close()
  })
  const root = t.testdir({ templates: {}, outside: {} })
  const folder: Folder = {
    dir: join(root, 'templates'),
    stateDir: join(root, 'state'),
    warnings: [],
    write(path, content) {
      const file = join(folder.dir, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    },
    async open(options = {}) {
      const log = {
        warn: (details: object, message: string) => void folder.warnings.push({ details, message }),
      }
      const { dir, stateDir } = folder
      const soon = { refreshEvery_ms: 0, lookEvery_ms: 0 }
      const catalogue = await openCatalogue({ dir, stateDir, log, ...soon, ...options })
      opened.push(catalogue)
      await catalogue.completed
      return catalogue
    },
  }
  for (const [path, content] of Object.entries(files)) folder.write(path, content ?? notebook(path))
  return folder
}

export const paths = (found: readonly { path: string }[]) => found.map(({ path }) => path)
