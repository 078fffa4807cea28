import t from 'tap'
import { register, table } from './run-config.ts'

t.setTimeout(300_000)

const call = `${register}register(c)`

table(
  'register says what is wrong',
  [
    {
      label: 'a second call',
      code: `${call}\nregister(c)`,
      error: /service named 'templates' already.*twice/,
    },
    {
      label: 'a folder that is not there',
      code: `${register}register(c, templates="no")`,
      error: /templates='no' does not exist/,
    },
    {
      label: 'a logo that is not there',
      code: `${register}register(c, logo="no.svg")`,
      error: /logo='no\.svg' does not exist/,
    },
    {
      label: 'a name with a slash',
      code: `${register}register(c, name="a/b")`,
      error: /name='a\/b' must be letters/,
    },
    {
      label: 'a name that no address has',
      code: `${register}register(c, name="prüfung")`,
      error: /name='prüfung' must be letters from A to Z, digits/,
    },
    { label: 'a port that is none', code: `${register}register(c, port=70000)`, error: /port=70000 must be/ },
    { label: 'a port as text', code: `${register}register(c, port="8888")`, error: /port='8888' must be/ },
    {
      label: 'trust as text',
      code: `${register}register(c, trust="off")`,
      error: /trust='off' must be True or False/,
    },
    {
      label: 'one site as text',
      code: `${register}register(c, allowed_origins="https://a")`,
      error: /must be a list of sites/,
    },
    {
      label: 'no site at all',
      code: `${register}register(c, allowed_origins=[])`,
      error: /leave it out to take all/,
    },
    {
      label: 'one sender as text',
      code: `${register}register(c, senders="https://a")`,
      error: /senders must be a list of/,
    },
    {
      label: 'senders that are no objects',
      code: `${register}register(c, senders=["https://a"])`,
      error: /senders must be a list of \{"origin": "https:\/\/…"\}, with name and object as text/,
    },
    {
      label: 'a sender whose name is no text',
      code: `${register}register(c, senders=[{"origin": "https://a", "name": b"A"}])`,
      error: /senders must be a list of/,
    },
    {
      label: 'no sender at all',
      code: `${register}register(c, senders=[])`,
      error: /leave it out to take all/,
    },
    {
      label: 'senders and sites',
      code: `${register}register(c, senders=[{"origin": "https://a"}], allowed_origins=["https://a"])`,
      error: /senders and allowed_origins say the same/,
    },
    {
      label: 'a user who is not there',
      code: `${register}register(c, user="nobody-here")`,
      error: /no system user 'nobody-here'/,
    },
    {
      label: 'what the Hub sets itself',
      code: `${register}register(c, environment={"JUPYTERHUB_API_URL": "x"})`,
      error: /JUPYTERHUB_API_URL is set by the Hub/,
    },
    {
      label: 'a setting said twice',
      code: `${register}register(c, environment={"NOTEBOOK_TEMPLATES_PROXY_URL": "x"})`,
      error: /NOTEBOOK_TEMPLATES_PROXY_URL belongs in an argument/,
    },
    {
      label: 'a setting that is no text',
      code: `${register}register(c, environment={"NOTEBOOK_TEMPLATES_REQUEST_TTL_S": 60})`,
      error: /REQUEST_TTL_S in environment= must be text, not int/,
    },
    ...[
      ['an unknown view', 'open_with="labb"', /^register: open_with= must be one of auto, notebook, lab$/],
      ['an absolute target', 'target="/srv"', /^register: target= must be a folder relative to the home/],
      ['a proxy without a scheme', 'proxy_url="hub:8000"', /^register: proxy_url= must be an http:/],
      ['a long title', 'title="x" * 80', /^register: title= must be one line of at most 60 characters$/],
      ['a logo that is none', 'logo=__file__', /^register: logo= must be a PNG, JPEG or SVG file/],
      [
        'a site with a path',
        'allowed_origins=["https://a/b"]',
        /^register: allowed_origins= must be origins/,
      ],
      [
        'two senders with a fault each',
        'senders=[{"origin": "https://a/b"}, {"origin": "https://b", "object": "https://b/{object_id}"}]',
        /^register: senders= \[0\]\.origin must be an origin such as .*; senders= \[1\]/,
      ],
      [
        'an address that is not the site’s',
        'senders=[{"origin": "https://b", "object": "{origin}.evil/{object_id}"}]',
        /^register: senders= \[0\]\.object must begin with \{origin\}\/$/,
      ],
      [
        'a member that no sender has',
        'senders=[{"origin": "https://b", "adress": "{origin}/{object_id}"}]',
        /^register: senders= \[0\] may have origin, name, object alone/,
      ],
      [
        'two faults',
        'open_with="labb", title="x" * 80',
        /open_with= must be .*; title= must be|title= must be .*; open_with= must be/,
      ],
      [
        'a slip of the pen in environment=',
        'environment={"NOTEBOOK_TEMPLATES_LOG_LEVL": "debug"}',
        /NOTEBOOK_TEMPLATES_LOG_LEVL is not a setting \(did you mean NOTEBOOK_TEMPLATES_LOG_LEVEL\?\)/,
      ],
    ].map(([label, wrong, error]) => ({
      label: label as string,
      code: `__file__ = os.__file__\n${register}register(c, ${wrong})`,
      error: error as RegExp,
    })),
    {
      label: 'a port that another program has',
      code: `import socket\ntaken = socket.socket(); taken.bind(("127.0.0.1", 0)); taken.listen()
${register}register(c, port=taken.getsockname()[1])`,
      error: /^register: port= names \d+, which is in use by another program: choose another port$/,
    },
    {
      label: 'services that are no list',
      code: `c.JupyterHub.services = {"name": "x"}\n${call}`,
      error: /c\.JupyterHub\.services must be a list, not dict/,
    },
  ],
  (t, made, { error }) => {
    t.match(made.error, error)
  },
)
