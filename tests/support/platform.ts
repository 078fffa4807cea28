import type { Test } from 'tap'
import { startPage } from './page-server.ts'

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
export function startPlatform(t: Test, buttons: readonly Button[]): Promise<string> {
  const forms = buttons.map(
    ({ label, action, params }) =>
      `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="params" value="${escapeHtml(params)}">` +
      `<button>${escapeHtml(label)}</button></form>`,
  )
  return startPage(t, forms.join('\n'))
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
