import { readRefusal } from './files/contents-answers.ts'
import { parseJson, readText } from './http.ts'
import type { ServerRequests, UserServer } from './server-requests.ts'
import { isRecord } from './user-model.ts'

/** A kernel takes some hundred bytes; more would take long to be parsed. */
const longestList = 256 * 1024
const mostKernels = 500

/**
 * The kernels that a user's server has: name → language ('' where it does not say), the first 500.
 * Source: Jupyter Server documentation, REST API, `GET /api/kernelspecs`.
 *
 * @throws ServerNotReady, AnswerTooLong, Unreachable; Fault 11 refused; Error for anything else than such a list
 */
export async function listKernels(
  { send }: ServerRequests,
  server: UserServer,
): Promise<ReadonlyMap<string, string>> {
  const answer = await send(server, 'api/kernelspecs')
  if (answer.status !== 200) throw await readRefusal(answer, server.token)
  const model = parseJson(await readText(answer, longestList))
  if (!isRecord(model) || !isRecord(model.kernelspecs)) throw new Error('not a list of kernels')
  const kernels = Object.entries(model.kernelspecs).slice(0, mostKernels)
  return new Map(kernels.map(([name, kernel]) => [name, languageIn(kernel)]))
}

function languageIn(kernel: unknown): string {
  const spec = isRecord(kernel) ? kernel.spec : undefined
  return isRecord(spec) && typeof spec.language === 'string' ? spec.language.slice(0, 100) : ''
}
