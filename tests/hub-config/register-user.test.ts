import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { inProject } from '../support/paths.ts'
import { register, runConfigs, serviceOf } from './run-config.ts'

t.setTimeout(300_000)

/** A copy of the package that every user of this machine may read; the checkout may lie in somebody's home. */
function publicPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-templates-package-'))
  chmodSync(folder, 0o755)
  cpSync(inProject('hub-config'), join(folder, 'hub-config'), { recursive: true })
  mkdirSync(join(folder, 'build/service'), { recursive: true })
  writeFileSync(join(folder, 'build/service/main.js'), '')
  t.teardown(() => rmSync(folder, { recursive: true }))
  return folder
}

const privateFolder = (path: string) => `os.makedirs("${path}")\nos.chmod("p", 0o700)\n`
const privateNode = `import shutil\n${privateFolder('p')}os.symlink(shutil.which("node"), "p/node")\n`

t.test('register prepares for the system user that the service runs as', async (t) => {
  const [good, noTemplates, noLogo, noState, behind, stateBehind, nodeBehind, itsOwn] = runConfigs(
    [
      { code: `${register}register(c, user="nobody")` },
      { code: `os.mkdir("t", 0o700)\n${register}register(c, user="nobody", templates="t")` },
      { code: `os.close(os.open("l", os.O_CREAT, 0o600))\n${register}register(c, user="nobody", logo="l")` },
      { code: `os.mkdir("s", 0o700)\n${register}register(c, user="nobody", state_dir="s")` },
      { code: `${privateFolder('p/t')}${register}register(c, user="nobody", templates="p/t")` },
      { code: `${privateFolder('p')}${register}register(c, user="nobody", state_dir="p/made/here")` },
      { code: `${privateNode}${register}register(c, user="nobody", node="p/node")` },
      { code: `${privateNode}os.environ["PATH"] = here + "/p"\n${register}register(c, user="nobody")` },
    ],
    { package: publicPackage() },
  )
  if (process.getuid?.() === 0) {
    t.equal(good?.error, undefined)
    t.equal(serviceOf(good ?? {})?.user, 'nobody')
    t.strictSame(
      good?.folders,
      { 'jupyterhub-templates': ['drwx------', 65534] },
      'the state folder is theirs alone',
    )
    t.match(noTemplates?.error, 'nobody may not read <here>/t')
    t.match(noLogo?.error, 'nobody may not read <here>/l')
    t.match(noState?.error, 'nobody may not write to <here>/s')
    t.match(behind?.error, /nobody may not read <here>\/p\/t: the folder <here>\/p is private$/)
    t.match(stateBehind?.error, /may not write to <here>\/p\/made\/here: the folder <here>\/p is private$/)
    t.match(nodeBehind?.error, /nobody cannot run <here>\/p\/node: the folder <here>\/p is private$/)
    t.match(itsOwn?.error, /nobody cannot run <here>\/p\/node: the folder <here>\/p is private: install/)
  } else {
    for (const made of [good, noTemplates, noLogo, noState, behind, stateBehind, nodeBehind, itsOwn])
      t.match(made?.error, /needs a Hub that runs as root/)
  }
})
