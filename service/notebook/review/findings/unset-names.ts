import { secretsOf } from '../../parameters/secrets.ts'
import { shorten } from '../../parameters/short-name.ts'
import { nameVariables } from '../../render/variable-names.ts'
import { parametersCellOf, type Review } from '../reviewed.ts'

const most = 20

/** A parameter that the schema names and the cell does not set: where it is not sent, the notebook does not know it. */
export const unsetNames: Review<'not-in-cell'> = {
  codes: { 'not-in-cell': 'warning' },
  find(notebook) {
    const { compiled, secrets } = notebook
    const { declared, language } = compiled
    const cell = parametersCellOf(notebook)
    if (cell?.type !== 'code' || language === undefined) return []
    if ((language.unreadable?.(cell.source) ?? []).length > 0) return []
    const { fold } = language.identifiers
    const inCell = new Set(language.declared(cell.source).map(({ name }) => fold(name)))
    const unset = declared.filter(({ unset: isUnset, required }) => isUnset === true && required !== true)
    const names = unset.map(({ name }) => name)
    const { variables } = nameVariables(names, language.identifiers, inCell)
    const isSecret = secretsOf(compiled, secrets)
    const missing = names.filter((name, index) => !inCell.has(fold(variables[index]!)) && !isSecret(name))
    return missing.slice(0, most).map((name) => ({
      code: 'not-in-cell',
      cell: cell.number,
      message: `it does not set ${JSON.stringify(shorten(name))}, which the schema names: where that is not sent, there is no such variable`,
      remedy: 'Set it to an example there, or have the schema require it.',
    }))
  },
}
