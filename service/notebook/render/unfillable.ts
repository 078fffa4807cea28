import { takesName } from '../schema/others.ts'
import type { CompiledTemplate } from '../template/compile.ts'
import { namesInPath } from './name-parts.ts'

/** What Python's `str.format` takes after a name: an item, a conversion, a format. */
const formatted =
  /^([^!:[\]]+)(\[[^\]]*\])*(![rsa])?(:(%.*|([^{}]?[<>=^])?[-+ ]?#?0?\d*[,_]?(\.\d+)?[a-zA-Z%]?))?$/

/**
 * Why no parameters can ever fill a name in a template's path, as an English sentence part for its author; `undefined`
 * when they can.
 *
 * @param path what `checkTemplateName` found right
 */
export function checkFillable(path: string, compiled: CompiledTemplate): string | undefined {
  for (const name of namesInPath(path)) {
    if (compiled.declared.some((one) => one.name.normalize('NFC') === name.normalize('NFC'))) continue
    const [, plain = name] = formatted.exec(name) ?? []
    if (plain !== name) return `its path has {${name}}, and only a name such as {${plain}} is filled`
    if (!takesName(name, compiled))
      return `its path has {${name}}, and its schema allows no parameter of this name`
  }
  return undefined
}
