import { words } from '../../../../service/notebook/languages/language.ts'
import type { Oracle } from '../../oracle.ts'
import { jvmOracle } from './jvm-oracle.ts'
import type { JvmTree } from './jvm-tree.ts'

export const scalaTree: JvmTree = {
  language: 'scala',
  kinds: words(`
    compilation_unit comment val_definition var_definition function_definition identifier type_identifier
    operator_identifier stable_type_identifier stable_identifier generic_type type_arguments generic_function
    call_expression field_expression arguments infix_expression block wildcard string escape_sequence
    integer_literal floating_point_literal boolean_literal null_literal prefix_expression`),
  names: words(`
    scala collection immutable List ListMap Map -> Any String Int Long BigInt Double Boolean
    NaN PositiveInfinity NegativeInfinity value split mkString map toList toInt toLong toDouble toBoolean`),
}

/** Scala by its own compiler, each cell as the members of a class. */
export function scalaOracle(by: 'scala2' | 'scala3'): Oracle {
  return jvmOracle({ by, compiler: by, tree: scalaTree, levels: 20, parts: 2000 })
}
