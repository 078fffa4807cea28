import { createHash } from 'node:crypto'
import { pagePolicy } from '../../guards/security-headers.ts'

/** For helmet, on routes whose pages our own pages may frame; what else their answers are, problems included, stays. */
export const framedHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { ...pagePolicy([]), 'frame-ancestors': ["'self'"] },
  },
  // A sandboxed document has no origin to keep to itself; browsers refuse to open one that says otherwise (HTML, 7.4.4).
  crossOriginOpenerPolicy: { policy: 'unsafe-none' },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'sameorigin' },
} as const

/**
 * What a browser lets a preview do, should anything ever slip through what makes it harmless: nothing but look. It is sandboxed
 * into an origin of its own, without script, forms, plugins or a way to move the page around it; it loads our styles and
 * fonts, and images that it holds itself. Links open tabs of their own, which are not sandboxed.
 *
 * @param rules of its one inline style sheet; '' without
 */
export function sandboxedHeaders(rules: string): Record<string, string> {
  const styles = rules === '' ? '' : ` 'sha256-${createHash('sha256').update(rules).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'img-src data:',
    `style-src 'self'${styles}`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "require-trusted-types-for 'script'",
  ]
  return { 'content-security-policy': policy.join(';') }
}
