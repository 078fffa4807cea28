import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** A button of a data platform: a form with one hidden field, as SampleDB has it. */
export interface Button {
  readonly label: string
  readonly action: string
  readonly params: string
}

/**
 * A data platform on another site: hubs in tests are 127.0.0.1, this is `localhost`, and to a browser those are two sites.
 *
 * @returns the URL of a page with these buttons, `/` at its end
 */
export async function startPlatform(t: Test, buttons: readonly Button[]): Promise<string> {
  const forms = buttons.map(
    ({ label, action, params }) =>
      `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="params" value="${escapeHtml(params)}">` +
      `<button>${escapeHtml(label)}</button></form>`,
  )
  const page = `<!doctype html><meta charset="utf-8"><title>Data platform</title>${forms.join('\n')}`
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
