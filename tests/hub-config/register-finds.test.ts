import t from 'tap'
import { register, serviceOf, table } from './run-config.ts'

t.setTimeout(300_000)

table(
  'register finds the proxy as the Hub will start it',
  [
    { label: 'by default', set: '', proxy: 'http://127.0.0.1:8000' },
    {
      label: 'on all addresses',
      set: 'c.JupyterHub.bind_url = "http://0.0.0.0:80/"',
      proxy: 'http://127.0.0.1:80',
    },
    { label: 'on all addresses of IPv6', set: 'c.JupyterHub.ip = "::"', proxy: 'http://[::1]:8000' },
    {
      label: 'by bind_url',
      set: 'c.JupyterHub.bind_url = "http://10.0.0.7:1234"',
      proxy: 'http://10.0.0.7:1234',
    },
    {
      label: 'below a base URL, which the Hub gives with each server',
      set: 'c.JupyterHub.bind_url = "http://127.0.0.1:1234/jupyter/"',
      proxy: 'http://127.0.0.1:1234',
    },
    { label: 'by port', set: 'c.JupyterHub.port = 9000', proxy: 'http://127.0.0.1:9000' },
    {
      label: 'by base_url beside bind_url, where the Hub falls back to port 8000',
      set: 'c.JupyterHub.bind_url = "http://127.0.0.1:1234"; c.JupyterHub.base_url = "/x/"',
      proxy: 'http://127.0.0.1:8000',
    },
    {
      label: 'by the command line, which wins over the file',
      set: 'c.JupyterHub.port = 9000',
      cli: ['--port', '9001'],
      proxy: 'http://127.0.0.1:9001',
    },
    {
      label: 'on a socket',
      version: '6.1.1',
      set: 'c.JupyterHub.bind_url = "http+unix://%2Frun%2Fhub.sock/x/"',
      proxy: 'http+unix://%2Frun%2Fhub.sock',
    },
    {
      label: 'with TLS, by the name that users’ subdomains have',
      set: 'c.JupyterHub.ssl_cert = "c"; c.JupyterHub.ssl_key = "k"; c.JupyterHub.subdomain_host = "https://hub.example:8443"',
      proxy: 'https://hub.example:8443',
    },
    {
      label: 'with TLS and no name: says what to do',
      set: 'c.JupyterHub.ssl_cert = "c"; c.JupyterHub.ssl_key = "k"',
      error: /give proxy_url="https/,
    },
    {
      label: 'not where somebody else starts it: says what to do',
      set: 'c.ConfigurableHTTPProxy.should_start = False',
      error: /c\.ConfigurableHTTPProxy\.should_start is False.*give proxy_url=/,
    },
    {
      label: 'not where it is said',
      set: 'c.ConfigurableHTTPProxy.should_start = False; given = "http://proxy:8000"',
      proxy: 'http://proxy:8000',
    },
  ].map((test) => ({
    ...test,
    code: `${test.set}\n${register}register(c, proxy_url=globals().get("given"))`,
  })),
  (t, made, test) => {
    if ('error' in test) t.match(made.error, test.error)
    else t.equal(serviceOf(made)?.environment.NOTEBOOK_TEMPLATES_PROXY_URL, test.proxy, made.error ?? '')
  },
)

table(
  'register keeps the state of each hub apart',
  [
    { label: 'beside its database', set: '', state: '<here>/jupyterhub-templates' },
    {
      label: 'beside its database elsewhere',
      set: 'os.mkdir("a"); c.JupyterHub.db_url = f"sqlite:///{here}/a/hub-one.sqlite"',
      state: '<here>/a/hub-one-templates',
    },
    {
      label: 'beside a relative one',
      set: 'c.JupyterHub.db_url = "sqlite:///two.db"',
      state: '<here>/two-templates',
    },
    {
      label: 'beside the cookie secret, by the name of a database on a server',
      set: 'c.JupyterHub.db_url = "postgresql://u:p@db/hub3"; c.JupyterHub.cookie_secret_file = "s/secret"',
      state: '<here>/s/hub3-templates',
    },
    {
      label: 'nowhere by accident',
      set: 'c.JupyterHub.db_url = "sqlite:///:memory:"',
      error: /database is in memory.*give state_dir=/,
    },
    {
      label: 'for a service of another name',
      set: 'name = "other"',
      state: '<here>/jupyterhub-other',
    },
  ].map((test) => ({
    ...test,
    code: `${test.set}\n${register}register(c, name=globals().get("name", "templates"))`,
  })),
  (t, made, test) => {
    if ('error' in test) {
      t.match(made.error, test.error)
      return
    }
    t.equal(serviceOf(made)?.environment.NOTEBOOK_TEMPLATES_STATE_DIR, test.state, made.error ?? '')
    const [, folder = '', deeper] = test.state?.split('/') ?? []
    if (!deeper)
      t.strictSame(made.folders?.[folder], ['drwx------', process.getuid?.()], 'made for the service alone')
  },
)

const local = 'from jupyterhub.spawner import SimpleLocalProcessSpawner as Base\n'
table(
  'register finds out whether the Hub asks for the options of a server',
  [
    { label: 'it does not by default', set: '', start: undefined },
    { label: 'nor by an empty form', set: 'c.Spawner.options_form = ""', start: undefined },
    {
      label: 'nor by a spawner that is not installed',
      set: 'c.JupyterHub.spawner_class = "no.Such"',
      start: undefined,
    },
    {
      label: 'nor by the spawner’s name alone',
      set: 'c.JupyterHub.spawner_class = "simple"',
      start: undefined,
    },
    { label: 'options_form as text', set: 'c.Spawner.options_form = "<input>"', start: 'form' },
    {
      label: 'options_form as a function, of a class of any name',
      set: 'c.OurCluster.options_form = lambda spawner: "<input>"',
      start: 'form',
    },
    { label: 'on the command line', set: '', cli: ['--Spawner.options_form=<input>'], start: 'form' },
    {
      label: 'KubeSpawner’s profiles',
      set: 'c.KubeSpawner.profile_list = [{"display_name": "GPU"}]',
      start: 'form',
    },
    {
      label: 'KubeSpawner’s profiles, one by one',
      set: 'c.KubeSpawner.profile_list.append({"display_name": "GPU"})',
      start: 'form',
    },
    { label: 'wrapspawner’s', set: 'c.ProfilesSpawner.profiles = [("GPU", "gpu", Base, {})]', start: 'form' },
    { label: 'something else that is called profiles', set: 'c.Other.profiles = ["x"]', start: undefined },
    {
      label: 'a class that brings its form',
      set: `class Ours(Base):\n    options_form = "<input>"\nc.JupyterHub.spawner_class = Ours`,
      start: 'form',
    },
    {
      label: 'a class that makes its form',
      set: `class Ours(Base):\n    def _options_form_default(self): return "<input>"\nc.JupyterHub.spawner_class = Ours`,
      start: 'form',
    },
    {
      label: 'a class that makes it as traitlets’ decorator says',
      set: `from traitlets import default
class Ours(Base):
    @default("options_form")
    def _form(self): return "<input>"
c.JupyterHub.spawner_class = Ours`,
      start: 'form',
    },
    {
      label: 'a class without one',
      set: `class Ours(Base): pass\nc.JupyterHub.spawner_class = Ours`,
      start: undefined,
    },
    {
      label: 'the admin has the last word',
      set: 'c.Spawner.options_form = "<input>"; given = {"start": "api"}',
      start: 'api',
    },
    { label: 'also where nothing is found', set: 'given = {"start": "form"}', start: 'form' },
    {
      label: 'a download needs no server',
      set: 'c.Spawner.options_form = "<input>"; given = {"environment": {"NOTEBOOK_TEMPLATES_DELIVERY": "download"}}',
      start: undefined,
    },
  ].map((test) => ({
    ...test,
    code: `${local}${test.set}\n${register}register(c, **globals().get("given", {}))`,
  })),
  (t, made, test) =>
    t.equal(serviceOf(made)?.environment.NOTEBOOK_TEMPLATES_START, test.start, made.error ?? test.label),
)
