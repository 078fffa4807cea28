import { encodePath } from '../hub/paths.ts'

/**
 * Where a browser opens a notebook.
 *
 * @param serverUrl exactly as the Hub gives it; it is not encoded again
 * @example notebookUrl('/user/ada/', 'a b/c.ipynb', 'notebook') → '/user/ada/notebooks/a%20b/c.ipynb'
 */
export function notebookUrl(serverUrl: string, path: string, view: 'notebook' | 'lab'): string {
  const base = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`
  return `${base}${view === 'notebook' ? 'notebooks' : 'lab/tree'}/${encodePath(path)}`
}
