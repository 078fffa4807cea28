import type { Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { type Schema, sanitize } from 'hast-util-sanitize'

/** Before ids and names that come from a notebook: none of them can be one of ours. */
export const idPrefix = 'n-'

/**
 * What of foreign HTML is kept: what texts are made of. No element that loads, runs, sends, frames or styles anything, none
 * whose content HTML reads by other rules (the ground that mutation XSS grows on), no `style`, no class but that of a
 * code block's language, so that nothing can dress up as ours.
 */
const schema: Schema = {
  tagNames: names(
    'h1 h2 h3 h4 h5 h6 p div blockquote hr pre center details summary section article figure figcaption',
    'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td',
    'a b strong i em u s strike del ins mark small big sub sup br wbr',
    'code kbd samp tt var q cite abbr dfn span bdi ruby rt rp img',
  ),
  // These go with all that is in them; of other unknown elements the content stays.
  strip: names(
    'script style template noscript iframe object embed applet svg math title textarea select button',
    'xmp noembed noframes plaintext canvas audio video',
  ),
  attributes: {
    '*': ['id', 'title', 'lang', 'dir', 'align'],
    a: ['href', 'name'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colSpan', 'rowSpan', 'scope', 'vAlign'],
    td: ['colSpan', 'rowSpan', 'vAlign'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    details: ['open'],
    code: [['className', /^language-/]],
    span: ['dataFormula'],
  },
  // An attribute with any other protocol goes; addresses without one are dealt with in adapt-html.ts.
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data', 'attachment'] },
  clobber: ['id', 'name'],
  clobberPrefix: idPrefix,
  allowComments: false,
  allowDoctypes: false,
}

function names(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(' '))
}

/**
 * Reads HTML as a browser does and keeps what is harmless.
 *
 * @param html anything
 */
export function readHarmless(html: string): Root {
  return sanitize(fromHtml(html, { fragment: true }), schema) as Root
}
