import type { FastifyReply } from 'fastify'
import { type Parameters, type WantedFile, writeParameters } from '../../notebook/index.ts'
import { attachment } from '../pages/confirm/attachment.ts'
import { writeYaml } from './saved-yaml.ts'

const types = {
  json: 'application/json; charset=utf-8',
  // RFC 9512, which has UTF-8 for all of it.
  yaml: 'application/yaml',
} as const

/** The file that values are saved in: JSON for `notebook-templates render --params`, YAML for `papermill -f`. */
export type SavedAs = keyof typeof types

/**
 * Parameters as a file, named like the notebook that they make.
 *
 * @param text JSON as it was received, where it was: nothing in it is written again
 */
export function sendParameters(
  reply: FastifyReply,
  wanted: WantedFile,
  { parameters, text }: { readonly parameters: Parameters; readonly text?: string },
  as: SavedAs,
): FastifyReply {
  const name = wanted.name(1).replace(/\.ipynb$/, `.parameters.${as}`)
  const file = as === 'yaml' ? writeYaml(parameters) : (text ?? writeParameters(parameters))
  return reply.type(types[as]).header('content-disposition', attachment(name)).send(Buffer.from(file))
}
