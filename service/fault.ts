/**
 * What can go wrong, by stable code. The numbers are a contract (docs/errors.md); 2, 11 and 13–16 mean what they
 * meant in the Flask blueprint that came before. Which HTTP status and which sentence belong to a code is the
 * business of `web/`: here is nothing about HTTP and nothing in a human language.
 */
const reasonsByCode = {
  1: ['unexpected'],
  2: ['unknown'],
  11: [
    'refused',
    'disk-full',
    'too-large',
    'unreachable',
    'not-ready',
    'interrupted',
    'redirected',
    'odd-answer',
    'long-headers',
    'reset',
    'too-slow',
  ],
  13: ['unknown'],
  14: ['no-url'],
  15: ['missing', 'withheld'],
  16: ['not-a-name', 'not-allowed', 'folder-is-a-file', 'template-name'],
  20: [
    'not-json',
    'not-an-object',
    'duplicate-name',
    'lone-surrogate',
    'too-deep',
    'repeated-field',
    'mixed-fields',
    'unknown-field',
    'not-utf8',
    'nul-character',
    'null-refused',
    'not-as-declared',
    'not-checkable',
    'cut-short',
    'not-as-expected',
  ],
  21: ['parameters', 'body'],
  22: ['missing-scope', 'refused'],
  23: ['failed', 'too-slow', 'stopped', 'busy', 'named-off', 'named-limit'],
  24: ['hub', 'store'],
  25: ['too-many', 'store-full', 'too-many-open', 'own-works'],
  26: ['not-our-page', 'other-address', 'no-token', 'not-a-navigation'],
  27: ['state', 'denied', 'exchange', 'no-session', 'cookie-twice'],
  28: ['sender'],
  29: ['token'],
  30: ['unknown'],
  31: ['content-type'],
} as const

/** One of the stable codes of DESIGN 2.6. */
export type FaultCode = keyof typeof reasonsByCode
/** The kebab-case reasons that a code may have; each has one sentence per language in `web/texts/`. */
export type Reason<C extends FaultCode = FaultCode> = (typeof reasonsByCode)[C][number]
/** Values that the sentence names (a parameter, a scope, a place). Shown to users: never a token or a path of the host. */
export type FaultValues = Readonly<Record<string, string | number>>

/** What can be wrong with one parameter by its template's schema: the reasons of the details of `not-as-declared`. */
export const parameterProblems = [
  'missing',
  'no-value',
  'unknown',
  'text',
  'number',
  'integer',
  'boolean',
  'list',
  'object',
  'types',
  'choice',
  'minimum',
  'maximum',
  'above',
  'below',
  'multiple',
  'shortest',
  'longest',
  'pattern',
  'format',
  'date',
  'time',
  'date-time',
  'fewest-items',
  'most-items',
  'unique',
  'fewest-members',
  'most-members',
  'other',
] as const
export type ParameterProblem = (typeof parameterProblems)[number]

/**
 * One of several things that a fault is about. `values`: `name` is the parameter, `place` where in it (`a.b[0]`), `title`
 * what its template calls it, if that is something else, and what was wanted (`limit`, `choices`, `types`, `pattern`, `format`); `said` is what its
 * author wants people to be told of it.
 */
export interface FaultDetail {
  readonly reason: ParameterProblem
  readonly values: FaultValues
}

/** Every code with its reasons, for tables that must be complete. */
export const faultReasons: { readonly [C in FaultCode]: readonly Reason<C>[] } = reasonsByCode

/**
 * An error that a user is told about. `cause` is for the log only.
 *
 * @example throw new Fault(20, 'duplicate-name', { name: 'a', line: 1, column: 9 })
 */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C
  readonly reason: Reason<C>
  readonly values: FaultValues
  /** Of a fault that lists several things, each of them. */
  readonly details: readonly FaultDetail[]

  constructor(
    code: C,
    reason: Reason<C>,
    values: FaultValues = {},
    { details = [], ...options }: { cause?: unknown; details?: readonly FaultDetail[] } = {},
  ) {
    super(`fault ${code} (${reason})`, options)
    this.name = 'Fault'
    this.code = code
    this.reason = reason
    this.values = values
    this.details = details
  }
}

/** The error itself when it is a fault, else a fault of code 1 that hides it and keeps it as `cause`. */
export function asFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault(1, 'unexpected', {}, { cause: error })
}
