#!/usr/bin/env node
import { check } from './commands/check.ts'
import { explain } from './commands/explain.ts'
import { render } from './commands/render.ts'
import { packageVersion } from './package-version.ts'

const usages = {
  serve: `  notebook-templates [serve]
      Serves the templates: as a service of JupyterHub, or alone. Settings are environment variables.
`,
  render: `  notebook-templates render TEMPLATE [--params FILE|-] [--output FILE|-] [--json]
      Makes one notebook from a template. --params is a file of JSON; - is standard input, or standard output.
      --json: what the values meet in the template is written to standard output, as JSON; it requires an output file.
`,
  check: `  notebook-templates check DIR [--kernels NAME,NAME] [--strict] [--format text|json|github]
      Says what is wrong with a folder of templates. --strict: a warning counts as a fault. --json is --format json.
  notebook-templates check DIR --execute [--python PATH] [--timeout S] [--as-root] …
      Runs each template with its example values as well, by nbclient of a Python (python3), at most S seconds (120).
`,
} as const

const usageOf = (...commands: readonly (keyof typeof usages)[]) =>
  `Usage:\n${commands.map((command) => usages[command]).join('')}`

/** @returns the exit code: 0 done, 1 a fault in what was given, 2 wrong usage */
async function main(args: readonly string[]): Promise<number> {
  const [command = 'serve', ...rest] = args
  if (command === '--version' || command === '-V') {
    process.stdout.write(`${packageVersion()}\n`)
    return 0
  }
  if (Object.hasOwn(usages, command) && rest.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(usageOf(command as keyof typeof usages))
    return 0
  }
  if (command === 'serve' && rest.length === 0) {
    await import('./main.ts')
    return 0
  }
  if (command === 'render') return render(rest)
  if (command === 'check') return check(rest)
  const asked = ['--help', '-h', 'help'].includes(command)
  ;(asked ? process.stdout : process.stderr).write(
    `${usageOf('serve', 'render', 'check')}  notebook-templates --version\n`,
  )
  return asked ? 0 : 2
}

// Who reads only the first lines of it has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`notebook-templates: ${explain(error)}\n`)
    if (error instanceof TypeError) process.stderr.write(usageOf('serve', 'render', 'check'))
    process.exitCode = error instanceof TypeError ? 2 : 1
  },
)
