/**
 * What in papermill's cells for `{"x": …}` is right in another way than in ours, written as ours: so one oracle judges
 * both, and papermill loses nothing by another type, spelling or collection. Difficult values are all that this is for.
 */
export type Plain = (source: string, params: string) => string

/** A number may be spelled and a quote be quoted in another way; the oracle begins with variables that are spoilt. */
export const plainBash: Plain = (source, params) => {
  const [, digits] = /^\{"x": (-?[0-9][\w.+-]*)\}$/.exec(params) ?? []
  const [, theirs] = /^x=(.*)$/m.exec(source) ?? []
  const same = digits !== undefined && Number(theirs) === Number(digits)
  return `unset -v x\n${same ? `x=${digits}\n` : source.replaceAll(`'"'"'`, "'\\''")}`
}

/** Constants are spelled in any case, and a hash table may keep no order. */
export const plainPowershell: Plain = (source) =>
  source
    .replace(/\$(Null|True|False)\b/g, (constant) => constant.toLowerCase())
    .replaceAll('@{', '[ordered]@{')

/**
 * Any sequence is right, any map, though it keep no order, and `None`. On deep ones the compiler's stack overflows, and
 * its process ends: they stay what the oracle takes for wrong.
 */
export const plainScala: Plain = (source) =>
  /(Seq\(|Map\("a" -> ){50}/.test(source)
    ? source
    : source
        .replace(/\bSeq\(/g, 'scala.List(')
        .replace(/\bMap\(/g, 'scala.collection.immutable.ListMap(')
        .replace(/\bNone\b/g, 'null')

/** Cell arrays are right for all lists, `containers.Map` for objects, and `NaN` for null: a number is `nan` there. */
export const plainMatlab: Plain = (source) =>
  /(containers\.Map\(\{'a'\}, \{){50}/.test(source)
    ? source
    : untilStable(source.replace(/(?<== |[{ ])\{\}/g, 'zeros(1, 0)').replace(/\bNaN\b/g, '[]'), (text) =>
        text
          .replace(/containers\.Map\(\{('\w+'(?:, '\w+')*)\}, \{([^{}]*)\}\)/g, structOf)
          .replace(/(?<!, )\{((?:-?[0-9][\w.+-]*|nan)(?:, (?:-?[0-9][\w.+-]*|nan))*)\}/g, '[$1]')
          .replace(/(?<=[{\]], )\{((?:-?[0-9][\w.+-]*|nan)(?:, (?:-?[0-9][\w.+-]*|nan))*)\}/g, '[$1]')
          .replace(/\{((?:true|false)(?:, (?:true|false))*)\}/g, '[$1]')
          .replace(/\{\[([^[\]]*, [^[\]]*)\], \[([^[\]]*, [^[\]]*)\]\}/g, '[[$1]; [$2]]')
          .replace(/\{\[([^[\], ]*)\], \[([^[\], ]*)\]\}/g, '[[$1]; [$2]]'),
      )

function structOf(_: string, keys: string, values: string): string {
  const all = values.split(/, (?![^(]*\))/)
  const fields = keys.split(', ').map((key, index) => `${key.replace(/^'_/, "'x_")}, ${all[index]}`)
  return `struct(${fields.join(', ')})`
}

/** Arrays have the type that the compiler finds; dictionaries that .NET Interactive has at hand, by any initializer. */
export const plainCsharp: Plain = (source) => {
  // Braces that are done with are set aside, so that the inner ones come first.
  const done = untilStable(source.replaceAll('<string,Object>{', '<string, object>{'), (text) =>
    text
      .replace(/\{ ("(?:[^"\\]|\\.)*") , ([^{}]*) \}/g, '[$1] = $2')
      .replace(/(Dictionary<string, object>)\{ ([^{}]*) \}/g, '$1 <| $2 |>')
      .replace(/new \[\] \{ ([^{}]*) \}/g, (array, items: string) => {
        const type = typeOfItems(items)
        return type === undefined ? array : `new ${type}[] <| ${items} |>`
      }),
  )
  return `using System.Collections.Generic;\n${done.replaceAll('<|', '{').replaceAll('|>', '}')}`
}

function typeOfItems(items: string): string | undefined {
  const [, inner] = /^new (Dictionary<string, object>|\w+(?:\[\])*) <\|/.exec(items) ?? []
  if (inner !== undefined) return inner
  const types: [RegExp, string][] = [
    [/^-?\d+$/, 'int'],
    [/^-?\d+L?$/, 'long'],
    [/^-?\d[\w.+-]*$/, 'double'],
    [/^(true|false)$/, 'bool'],
    [/^".*"$/, 'string'],
  ]
  return types.find(([type]) => items.split(', ').every((item) => type.test(item)))?.[1]
}

/** Any dictionary is right, and `None`. */
export const plainFsharp: Plain = (source) =>
  source
    .replaceAll(':> IComparable', ':> obj')
    .replaceAll('|> Map.ofList', '|> dict')
    .replace(/\bNone\b/g, '(null: obj)')

function untilStable(text: string, change: (text: string) => string): string {
  const changed = change(text)
  return changed === text ? text : untilStable(changed, change)
}
