import type { FastifyReply } from 'fastify'
import type { WantedFile } from '../notebook/file-name.ts'
import { attachment } from './attachment.ts'

/**
 * Parameters as a file for `notebook-templates render --params`, named like the notebook that they make.
 *
 * @param text JSON as it was received: nothing is written anew
 */
export function sendParameters(reply: FastifyReply, wanted: WantedFile, text: string): FastifyReply {
  const name = wanted.name(1).replace(/\.ipynb$/, '.parameters.json')
  return reply
    .type('application/json; charset=utf-8')
    .header('content-disposition', attachment(name))
    .send(Buffer.from(text))
}
