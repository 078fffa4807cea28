import { words } from '../../../../service/notebook/languages/language.ts'
import type { Oracle } from '../../oracle.ts'
import { jvmOracle } from './jvm-oracle.ts'
import type { JvmTree } from './jvm-tree.ts'

// The one method that a cell may hold, to the letter.
const mapOf = `
java.util.Map<String, Object> mapOf(Object... members) {
    java.util.Map<String, Object> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) map.put((String) members[i], members[i + 1]);
    return map;
}
`

const tree: JvmTree = {
  lines: mapOf,
  language: 'java',
  kinds: words(`
    program line_comment local_variable_declaration generic_type scoped_type_identifier type_identifier type_arguments
    integral_type floating_point_type boolean_type variable_declarator identifier method_invocation field_access
    argument_list string_literal string_fragment escape_sequence null_literal true false unary_expression
    decimal_integer_literal decimal_floating_point_literal object_creation_expression cast_expression method_reference
    lambda_expression`),
  names: words(`
    java util math List Arrays asList Map mapOf Object String Integer Long BigInteger Double Number Boolean
    NaN POSITIVE_INFINITY NEGATIVE_INFINITY join split stream row map valueOf collect Collectors toList`),
}

/** Java by javac, each cell as the members of a class, or by JShell as its kernels run them. */
export function javaOracle(by: 'java' | 'jshell'): Oracle {
  return jvmOracle({ by, tree, levels: 100, parts: 2000 })
}
