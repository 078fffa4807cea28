import { type Language, words } from '../language.ts'
import { writeLiteral } from '../shared/literals.ts'
import { python, pythonDigits, pythonNotation } from './python.ts'
import { pythonEffects } from './python-effects.ts'

/**
 * What Sage defines beside Python and notebooks use by its short name, and what its preparser puts into the code. `x` is
 * missing: it is there to be set again.
 */
const needed = words(`
  Integer RealNumber ComplexNumber preparse preparser ellipsis_range ellipsis_iter symbolic_expression sage load attach
  e i I pi n N oo infinity Infinity NaN euler_gamma golden_ratio catalan log2 twinprime khinchin mertens
  ZZ QQ RR CC AA QQbar RDF CDF RIF CIF RBF CBF SR NN Zmod GF FiniteField RealField ComplexField RealIntervalField
  PolynomialRing LaurentPolynomialRing PowerSeriesRing FractionField NumberField CyclotomicField QuadraticField
  var function assume assumptions forget solve solve_mod desolve desolve_odeint diff derivative integrate integral
  numerical_integral limit lim taylor series sum product expand factor simplify find_root find_fit minimize
  sqrt abs exp log ln sin cos tan cot sec csc asin acos atan arcsin arccos arctan arctan2 atan2 sinh cosh tanh asinh
  acosh atanh floor ceil round sign factorial binomial gamma zeta erf bessel_J bessel_Y bessel_I bessel_K real imag
  arg conjugate max_symbolic min_symbolic heaviside dirac_delta piecewise
  matrix Matrix vector identity_matrix zero_matrix ones_matrix diagonal_matrix block_matrix random_matrix
  random_vector VectorSpace FreeModule span column_matrix jordan_block
  gcd lcm xgcd crt is_prime next_prime previous_prime primes prime_range prime_pi nth_prime divisors euler_phi moebius
  is_square power_mod mod Mod inverse_mod primitive_root continued_fraction
  plot plot3d parametric_plot parametric_plot3d implicit_plot implicit_plot3d list_plot list_plot3d scatter_plot
  polar_plot contour_plot density_plot vector_field_plot plot_vector_field region_plot bar_chart histogram point point2d
  line line2d line3d arrow circle ellipse polygon text graphics_array animate Graphics Graphics3d show sphere
  interact slider input_box checkbox selector latex view table html pretty_print LatexExpr timeit cputime walltime
  Graph DiGraph graphs digraphs Permutation Permutations Partition Partitions Combinations Subsets Set Poset
  EllipticCurve SymmetricGroup PermutationGroup DihedralGroup CyclicPermutationGroup AlternatingGroup
  srange sxrange xsrange randint random uniform shuffle choice prod mean median mode std variance union uniq flatten
  cartesian_product parent numerical_approx n_approx save restore_session save_session db dumps loads
  reset restore search_doc search_src help copy deepcopy lazy_import cached_function parallel fork
  maxima gap pari gp singular magma mathematica maple octave giac libgap`)

/** A number in Sage's real field, which has them all; what has no digits is made by it as well. */
function number(digits: string): string {
  if (digits === 'NaN') return 'RR("NaN")'
  if (digits === 'Infinity') return 'RR("+infinity")'
  if (digits === '-Infinity') return 'RR("-infinity")'
  return pythonDigits(digits)
}

const notation = pythonNotation(number)

// What the preparser takes for parts of a name: after a combining mark it finds a number.
const other = '[^\\p{L}\\p{Nl}\\p{Nd}_]'
const { valid, wrong } = python.identifiers

/** SageMath 9 and later: Python whose numbers the preparser makes Sage's own, `Integer` and `RealNumber`. */
export const sage: Language = {
  name: 'SageMath',
  aliases: ['sage', 'sagemath'],
  kernels: /^(conda-.*-)?sage(math)?([-_.0-9].*)?$/,
  identifiers: {
    ...python.identifiers,
    valid: new RegExp(`^(?!.*${other})${valid.source.slice(1)}`, 'u'),
    wrong: new RegExp(`${other}|${wrong.source}`, 'gu'),
    avoided: (name) =>
      needed.has(name) || python.identifiers.avoided(name) || name.startsWith('_sage_const_'),
  },
  comment: python.comment,
  gap: python.gap,
  takesNul: python.takesNul,
  assign(variable, value) {
    const before = `${variable} = `
    return { code: before + writeLiteral(value, notation, before.length), notes: [] }
  },
  // Not what Python says it cannot read: Sage's own syntax is none of Python's.
  declared: python.declared,
  effects: pythonEffects,
}
