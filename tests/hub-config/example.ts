/** The plain form stands in the example as lines that begin with `#: `; this is the example with it instead of `register`. */
export function withPlainForm(example: string): string {
  const call = /^from notebook_templates import register.*?^\)\n/ms
  if (!call.test(example)) throw new Error('the example does not call register')
  return example.replace(call, '').replace(/^#: ?/gm, '')
}
