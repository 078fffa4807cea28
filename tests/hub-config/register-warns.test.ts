import t from 'tap'
import { register, table } from './run-config.ts'

t.setTimeout(300_000)

const call = `${register}register(c)`
const set = (settings: Readonly<Record<string, string>>) =>
  Object.entries(settings)
    .map(([name, value]) => `c.JupyterHub.${name} = ${JSON.stringify(value)}\n`)
    .join('')

table(
  'over plain http to a host that all users share, register says that nobody is isolated',
  [
    { label: 'on every interface, as by default', code: call, said: /bind_url is http:\/\/\S*:8000/ },
    {
      label: 'on a host of its own',
      code: set({ bind_url: 'http://hub.lan:8000' }) + call,
      said: /bind_url is http:\/\/hub\.lan:8000.*by c\.JupyterHub\.public_url/,
    },
    {
      label: 'by its public URL',
      code: set({ bind_url: 'http://127.0.0.1:8000', public_url: 'http://hub.lan/' }) + call,
      said: /public_url is http:\/\/hub\.lan\/: .*isolates nobody/,
      version: '6.1.1',
    },
    { label: 'not on this machine alone', code: set({ bind_url: 'http://127.0.0.1:8000' }) + call },
    { label: 'not where a proxy speaks https', code: set({ public_url: 'https://hub.example/' }) + call },
    { label: 'not with subdomains', code: set({ subdomain_host: 'http://hub.lan:8000' }) + call },
  ] as const,
  (t, made, test) => {
    t.equal(made.error, undefined)
    if ('said' in test) t.match(made.said, [test.said])
    t.equal(made.said?.length, 'said' in test ? 1 : 0)
  },
)
