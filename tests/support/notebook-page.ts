import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Notebook } from './servers.ts'
import { until } from './until.ts'

/** As it lies on the disk after all of its cells were run. */
export interface RunNotebook {
  readonly cells: readonly (Omit<Notebook['cells'][number], 'source'> & {
    readonly source: string | readonly string[]
    readonly execution_count?: number | null
    readonly outputs?: readonly { readonly output_type: string; readonly evalue?: string }[]
  })[]
}

/**
 * In Notebook 7, which has just been navigated to: runs all cells by its menu when the kernel is there, and saves until the file
 * tells how each one ended.
 */
export async function runAllCells(page: Page, file: string): Promise<RunNotebook> {
  await kernelIsIdle(page)
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click()
  return await until(
    'all cells to have run',
    async () => {
      await page.keyboard.press('ControlOrMeta+s')
      const text = readFileSync(file, 'utf8')
      // The server writes it in place: a half is no notebook yet.
      if (!/\n}\n?$/.test(text)) return undefined
      const notebook: RunNotebook = JSON.parse(text)
      const code = notebook.cells.filter((cell) => cell.cell_type === 'code')
      return errorsOf(notebook).length > 0 || code.every((cell) => cell.execution_count)
        ? notebook
        : undefined
    },
    { within_s: 120, every_ms: 1000 },
  )
}

/** What its cells raised. */
export const errorsOf = (notebook: RunNotebook): string[] =>
  notebook.cells.flatMap((cell) =>
    (cell.outputs ?? [])
      .filter((output) => output.output_type === 'error')
      .map((output) => output.evalue ?? ''),
  )

/** The kernel says so itself. Notebook 7 runs nothing before it has its kernel, and shows *idle* before. */
async function kernelIsIdle(page: Page): Promise<void> {
  const channels = await page.waitForEvent('websocket', {
    predicate: (socket) => socket.url().includes('/channels'),
    timeout: 60_000,
  })
  await channels.waitForEvent('framereceived', {
    predicate: ({ payload }) => /"execution_state":\s*"idle"/.test(payload.toString()),
    timeout: 60_000,
  })
}
