import t from 'tap'
import { register, serviceOf, table } from './run-config.ts'

t.setTimeout(300_000)

const file = 'open("file", "w").close()\n'

table(
  'register reads paths as a shell does',
  [
    {
      label: 'from the home',
      code: `os.environ["HOME"] = here\nos.mkdir("mine")\n${register}register(c, templates="~/mine", state_dir="~/kept")`,
    },
    {
      label: 'from the folder that the Hub was started in',
      code: `os.mkdir("mine")\n${register}register(c, templates="mine", state_dir="kept")`,
    },
  ],
  (t, made) => {
    t.match(
      serviceOf(made)?.environment,
      { NOTEBOOK_TEMPLATES_DIR: '<here>/mine', NOTEBOOK_TEMPLATES_STATE_DIR: '<here>/kept' },
      made.error ?? '',
    )
    t.strictSame(Object.keys(made.folders ?? {}).sort(), ['kept', 'mine'], 'and makes the state folder there')
  },
)

table(
  'register says what is wrong with a path',
  [
    {
      label: 'templates that are a file',
      code: `${file}${register}register(c, templates="file")`,
      error: /^register: templates='file' is a file: give the folder that it is in$/,
    },
    {
      label: 'a logo that is a folder',
      code: `${register}register(c, logo=here)`,
      error: /^register: logo='<here>' is a folder: give a file$/,
    },
    {
      label: 'a path that is empty',
      code: `${register}register(c, templates="")`,
      error: /^register: templates='' must be a path$/,
    },
    {
      label: 'a path that is a number',
      code: `${register}register(c, state_dir=7)`,
      error: /^register: state_dir=7 must be a path$/,
    },
    {
      label: 'the home of nobody',
      code: `${register}register(c, state_dir="~nobody-here/kept")`,
      error: /^register: state_dir='~nobody-here\/kept' begins with the home of a user who is not there$/,
    },
    {
      label: 'a state folder that is a file',
      code: `${file}${register}register(c, state_dir="file")`,
      error: /^register: state_dir='<here>\/file' is a file, and a folder is required$/,
    },
    {
      label: 'a state folder below a file',
      code: `${file}${register}register(c, state_dir="file/kept")`,
      error: /^register: the folder <here>\/file\/kept cannot be made: <here>\/file is a file: make it, or/,
    },
    {
      label: 'a state folder where none can be made',
      code: `${register}register(c, state_dir="/proc/kept")`,
      error: /^register: the folder \/proc\/kept cannot be made .*: make it, or give another state_dir=$/,
    },
    {
      label: 'a default state folder that is a file',
      code: `open("jupyterhub-templates", "w").close()\n${register}register(c)`,
      error: /^register: state_dir='<here>\/jupyterhub-templates' is a file/,
    },
  ],
  (t, made, { error }) => {
    t.match(made.error, error)
  },
)
