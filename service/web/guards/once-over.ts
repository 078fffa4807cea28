import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Ends what is held for an answer: once it has been sent, or nobody waits for it any more; at once when that is so already. An
 * answer that stands in line after another one of its connection has no socket yet, and so no `close` of its own.
 */
export function onceOver({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply, end: () => void): void {
  const sources = [raw, socket]
  const once = () => {
    for (const source of sources) source.off('close', once)
    end()
  }
  if (sources.some(({ destroyed }) => destroyed)) {
    end()
    return
  }
  // As many as stand in line.
  socket.setMaxListeners(0)
  for (const source of sources) source.on('close', once)
}
