import { secretsOf } from '../../parameters/secrets.ts'
import { namesInPath } from '../../render/name-parts.ts'
import { nameVariables } from '../../render/variable-names.ts'
import type { CompiledTemplate } from '../../template/compile.ts'
import type { Found } from '../finding.ts'
import type { Review } from '../reviewed.ts'

type NameCode = 'name' | 'secret-name'

/** A template that declares parameters says which ones there are; what can never be filled is no template (render/unfillable.ts). */
export const name: Review<NameCode> = {
  codes: { name: 'warning', 'secret-name': 'fault' },
  find({ path, compiled, secrets }) {
    const isSecret = secretsOf(compiled, secrets)
    return namesInPath(path).flatMap((one): Found<NameCode>[] => {
      if (isSecret(one)) {
        const message = `its path has {${one}}, and that is a secret, which fills no name`
        return [{ code: 'secret-name', message, remedy: 'Take it out of the path.' }]
      }
      if (isDeclared(one, compiled)) return []
      const message = `its path has {${one}}, and it declares no parameter of this name`
      return [{ code: 'name', message, remedy: `Declare ${one}, or correct the name in the path.` }]
    })
  },
}

/** Whether a parameter of this name can be expected: any, where none is declared. */
function isDeclared(one: string, { declared, language }: CompiledTemplate): boolean {
  if (declared.length === 0 || language === undefined) return true
  const names = new Set(declared.map((other) => other.name.normalize('NFC')))
  const [variable] = nameVariables([one], language.identifiers, names).variables
  return names.has(one.normalize('NFC')) || (variable !== undefined && names.has(variable.normalize('NFC')))
}
