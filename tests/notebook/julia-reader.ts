/** A value of Julia with its type, as far as cells have them. */
export type JuliaValue =
  | { readonly type: 'Nothing' }
  | { readonly type: 'Bool'; readonly value: boolean }
  | { readonly type: 'Int64' | 'Int128' | 'BigInt'; readonly value: bigint }
  | { readonly type: 'Float64'; readonly value: number }
  | { readonly type: 'String'; readonly value: string }
  | { readonly type: 'Vector'; readonly items: readonly JuliaValue[] }
  | { readonly type: 'Dict'; readonly entries: readonly (readonly [string, JuliaValue])[] }

/**
 * Reads the small part of Julia that cells are written in (Manual: Integers and Floating-Point Numbers, Strings,
 * Arrays) and fails on everything else: there is no Julia where these tests run.
 *
 * @returns each variable and its value, in order
 */
export function readJulia(source: string): [string, JuliaValue][] {
  let at = 0
  const fail = (): never => {
    throw new Error(`not an assignment of a literal: ${source.slice(Math.max(0, at - 40), at + 80)}`)
  }
  const take = (expression: RegExp): RegExpExecArray | undefined => {
    const sticky = new RegExp(expression.source, 'uy')
    sticky.lastIndex = at
    const match = sticky.exec(source)
    if (match === null) return undefined
    at += match[0].length
    return match
  }
  const space = () => take(/(?:[ \n]|#[\x20-\x7e]*)*/)
  const expect = (expression: RegExp) => take(expression) ?? fail()

  function string(): string {
    // A dollar sign would be an interpolation; what is unseen must stand in escapes.
    const body = expect(
      /"((?:[^"\\$\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\u200c\u200d]|\\["\\$nrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*)"/u,
    )[1]!
    const marks: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
    return body.replace(/\\(u....|U........|.)/g, (_, code: string) =>
      code.length > 1 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (marks[code] ?? code),
    )
  }

  function number(): JuliaValue {
    const [digits] = expect(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)
    if (/[.eE]/.test(digits)) {
      const value = Number(digits)
      // Julia reads no literal that overflows, and warns of one that vanishes.
      if (!Number.isFinite(value) || (value === 0 && /^[^eE]*[1-9]/.test(digits))) fail()
      return { type: 'Float64', value }
    }
    const value = BigInt(digits)
    const size = value < 0n ? -value : value
    return { type: size < 2n ** 63n ? 'Int64' : size < 2n ** 127n ? 'Int128' : 'BigInt', value }
  }

  function items(close: RegExp, item: () => void): void {
    for (space(); take(close) === undefined; space()) {
      item()
      space()
      if (take(/,/) === undefined) {
        expect(close)
        return
      }
    }
  }

  function vector(of: string): JuliaValue {
    const values: JuliaValue[] = []
    items(/\]/, () => values.push(value()))
    // Without a type the items would be converted to one that is common to them.
    if (of === '' && (values.length === 0 || new Set(values.map(vectorType)).size > 1)) fail()
    if (of === 'Real' && !values.every(({ type }) => /Int|Float/.test(type))) fail()
    return { type: 'Vector', items: values }
  }

  function vectorType(one: JuliaValue): string {
    return one.type === 'Vector' ? `Vector{${one.items.map(vectorType)[0]}}` : one.type
  }

  function value(): JuliaValue {
    if (source[at] === '"') return { type: 'String', value: string() }
    const open = take(/(Any|Real|)\[/)
    if (open) return vector(open[1]!)
    if (take(/Dict\{String, Any\}\(/)) {
      const entries: [string, JuliaValue][] = []
      items(/\)/, () => {
        const name = string()
        expect(/ => /)
        entries.push([name, value()])
      })
      return { type: 'Dict', entries }
    }
    const word = take(/-?[A-Za-z]+/)?.[0]
    if (word === undefined) return number()
    if (word === 'nothing') return { type: 'Nothing' }
    if (word === 'true' || word === 'false') return { type: 'Bool', value: word === 'true' }
    const special = { NaN: Number.NaN, Inf: Number.POSITIVE_INFINITY, '-Inf': Number.NEGATIVE_INFINITY }[word]
    return { type: 'Float64', value: special ?? fail() }
  }

  const all: [string, JuliaValue][] = []
  for (space(); at < source.length; space()) {
    const name = expect(/([\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}!]*) = /u)[1]!
    all.push([name, value()])
    if (take(/ *(?:#[\x20-\x7e]*)?(?:\n|$)/) === undefined && at < source.length) fail()
  }
  return all
}
