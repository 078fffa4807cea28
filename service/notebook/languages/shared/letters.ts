/**
 * What Unicode took into names after version 12.1, which Python 3.8 still has, and, of the higher planes, everything
 * but mathematical and Chinese letters: this Node.js may know more letters than the kernel does, and one unknown
 * letter in a name would break the whole cell.
 */
const late =
  '\\u0870-\\u0887\\u0889-\\u088f\\u0897-\\u089f\\u08b5\\u08be-\\u08d2\\u0b55\\u0c3c\\u0c5c\\u0c5d\\u0cdc\\u0cdd' +
  '\\u0cf3\\u0d04\\u0d81\\u0ece\\u170d\\u1715\\u171f\\u180f\\u1abf-\\u1add\\u1ae0-\\u1aeb\\u1b4c\\u1c89\\u1c8a\\u1dfa' +
  '\\u200c\\u200d\\u2c2f\\u2c5f\\u30fb\\u31bb-\\u31bf\\u4db6-\\u4dbf\\u9ff0-\\u9fff\\ua7c0\\ua7c1\\ua7c7-\\ua7dc' +
  '\\ua7f1-\\ua7f6\\ua82c\\uab68\\uab69\\uff65' +
  '\\u{10000}-\\u{1d3ff}\\u{1d800}-\\u{1ffff}\\u{2a6d7}-\\u{2a6ff}\\u{2b735}-\\u{2b73f}\\u{2cea2}-\\u{2ceaf}\\u{2ebe1}-\\u{10ffff}'

/**
 * The expressions of `Identifiers` from the characters that may begin a name and those that may follow, each as the
 * inside of a character class.
 *
 * @param not matches the beginning of what is no name all the same
 * @param never more characters that may not stand in names
 */
export function namesOf(
  start: string,
  part: string,
  not = '[]',
  never = '',
): { valid: RegExp; wrong: RegExp } {
  const unknown = late + never
  return {
    valid: new RegExp(`^(?!${not}|[${unknown}])[${start}](?:(?![${unknown}])[${part}])*$`, 'u'),
    wrong: new RegExp(`[${unknown}]|[^${part}]`, 'gu'),
  }
}

/** Letters of Unicode 12, which .NET Core 3.1 lacks, and everything beyond the basic plane. */
const unknownToDotnet =
  '\\u0e86\\u0e89\\u0e8c\\u0e8e-\\u0e93\\u0e98\\u0ea0\\u0ea8\\u0ea9\\u0eac\\u0eba\\u1cf2\\u1cf3\\u1cfa\\ua7ba-\\ua7bf' +
  '\\ua7c2-\\ua7c6\\uab66\\uab67\\u{10000}-\\u{10ffff}'

/** The same for the languages of .NET. */
export function dotnetNamesOf(start: string, part: string): { valid: RegExp; wrong: RegExp } {
  const { valid, wrong } = namesOf(start, part)
  return {
    valid: new RegExp(`^(?!.*[${unknownToDotnet}])${valid.source.slice(1)}`, 'u'),
    wrong: new RegExp(`[${unknownToDotnet}]|${wrong.source}`, 'gu'),
  }
}
