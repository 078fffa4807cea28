import { type CompiledTemplate, compileTemplate } from '../../service/notebook/index.ts'
import { controlsOf } from '../../service/web/form/controls.ts'
import { connectTo } from '../../service/web/pages/template/connect.ts'
import type { ConnectView } from '../../service/web/pages/template/view.ts'
import { notebookOf } from '../notebook/support.ts'

export type Snippets = ConnectView['snippets']

export function snippetsOf(
  path: string,
  template: CompiledTemplate,
  {
    origin = 'https://hub.example',
    title = 'A title',
    takesObjectId = true,
  }: { origin?: string; title?: string; takesObjectId?: boolean } = {},
): Snippets {
  const controls = controlsOf(path, template)
  const prefix = '/services/templates/'
  return connectTo({ path, title, controls, takesObjectId, origin, prefix }).snippets
}

/** Texts that mean something to a shell, to HTML, to JSON or to an address. */
export const hostile: readonly string[] = [
  `'; touch pwned; '`,
  '$(touch pwned)`touch pwned`!!',
  '"></form><script>alert(1)</script>',
  `' onfocus='alert(1)`,
  '</pre><img src=x onerror=alert(1)>',
  'a b?c#d%41&e=f;g',
  '@/etc/passwd',
  '-o',
  'javascript:alert(1)',
  '\\\\server\\',
  'ä日😀\u202e\u2028\u200b',
  '*?[a-z]~',
]

/** A template with such names: of its parameters, in its path, in its title. */
export function hostileTemplate(): {
  path: string
  bytes: string
  template: CompiledTemplate
  title: string
} {
  const inPath = (text: string) => text.replace(/[\\/{}]/g, '_')
  const properties = Object.fromEntries(hostile.map((name) => [name, { type: 'string', default: name }]))
  const title = hostile.join(' ')
  const params = { type: 'object', required: hostile, properties }
  const bytes = JSON.stringify(notebookOf('python', undefined, { title, params }))
  return {
    path: `${hostile.map(inPath).join('/')}.ipynb`,
    bytes,
    template: compileTemplate(Buffer.from(bytes)),
    title,
  }
}
