import { words } from '../../../../service/notebook/languages/language.ts'
import type { Oracle } from '../../oracle.ts'
import { jvmOracle } from './jvm-oracle.ts'
import type { JvmTree } from './jvm-tree.ts'

export const kotlinTree: JvmTree = {
  language: 'kotlin',
  kinds: words(`
    source_file line_comment property_declaration variable_declaration identifier user_type nullable_type
    type_arguments type_projection call_expression navigation_expression value_arguments value_argument infix_expression
    string_literal string_content escape_sequence number_literal float_literal unary_expression
    annotated_lambda lambda_literal lambda_parameters function_declaration function_value_parameters function_body`),
  names: words(`
    listOf mapOf to List Map Any String Int Long Double Number Boolean java math BigInteger null true false
    NaN POSITIVE_INFINITY NEGATIVE_INFINITY MIN_VALUE run value split joinToString row map it
    toInt toLong toDouble toBigInteger toBoolean`),
}

/** Kotlin by its own compiler, each cell as the members of a class. */
export function kotlinOracle(): Oracle {
  return jvmOracle({ by: 'kotlin', compiler: 'kotlin', tree: kotlinTree, levels: 20, parts: 1000 })
}
