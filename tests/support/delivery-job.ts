import type { DeliveryJob } from '../../service/delivery/delivery.ts'

/** A notebook of twenty bytes for ada's default server. */
export function deliveryJob(changes: Partial<DeliveryJob> = {}): DeliveryJob {
  return {
    token: 'x',
    user: 'ada',
    server: '',
    serverUrl: '/user/ada/',
    wanted: { folder: 'f', name: (copy) => (copy === 1 ? 'a.ipynb' : `a (${copy}).ipynb`) },
    request: 'the-id',
    tried: undefined,
    trying: async () => {},
    open: async function* () {
      yield Buffer.from('{"request":"the-id"}')
    },
    length: 20,
    files: [],
    signal: new AbortController().signal,
    ...changes,
  }
}
