import { createHash, randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { joinPieces } from '../catalogue/template-pieces.ts'
import {
  type CompiledTemplate,
  checkSecrets,
  compileTemplate,
  makeCell,
  type Notices,
  noticesIn,
  placeNotebook,
  readParameters,
  renderNotebook,
  type Withheld,
  withholdSecrets,
  writeParameters,
} from '../notebook/index.ts'
import { packageVersion } from '../package-version.ts'
import { fill, pickTexts } from '../web/texts/index.ts'
import { legibleName } from '../web/values/display-json.ts'
import { explain } from './explain.ts'
import { readInput, readInputText, writeOutput } from './files.ts'
import { configuredSecrets as secrets } from './secrets.ts'

/**
 * Makes one notebook without a hub: what a button would have made, for an author who tries a template. Its file has the name
 * that the author gives it, so a `{name}` that nothing fills is no fault here; that a button would be refused is said.
 */
export async function render(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { params: { type: 'string' }, output: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new TypeError('render requires one template')
  const output = values.output ?? '-'
  if (values.json && output === '-') throw new TypeError('render --json requires a file as --output')
  const bytes = await readInput(file)
  const sent = values.params === undefined ? '{}' : await readInputText(values.params)
  const compiled = compileTemplate(bytes)
  const all = readParameters(sent)
  const { parameters, withheld } = withholdSecrets(all, compiled, secrets)
  checkSecrets(all, compiled, ['en'], withheld)
  const cell = makeCell(parameters, compiled, ['en'], withheld)
  const { pieces } = renderNotebook(compiled, cell, {
    request: randomBytes(16).toString('base64url'),
    template: basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    version: packageVersion(),
    time: new Date().toISOString(),
    sender: null,
    source: null,
    parameters: withheld.length === 0 ? sent : writeParameters(parameters),
  })
  await writeOutput(output, joinPieces(bytes, pieces))
  for (const name of withheld) {
    process.stderr.write(`notebook-templates: ${JSON.stringify(name)} is withheld: looks like a credential\n`)
  }
  warnOfName(basename(file), { parameters, withheld }, compiled)
  const notices = noticesIn(bytes, compiled)({ path: basename(file), compiled, parameters, cell, withheld })
  warnOfValues(notices, values.params !== undefined)
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ output, notices: notices.list, more: notices.more }, null, 2)}\n`,
    )
  }
  return 0
}

/** @param wereSent false where no parameters were given: then all examples hold, as they are meant to */
function warnOfValues({ list, more }: Notices, wereSent: boolean): void {
  const { confirm } = pickTexts('en')
  const tell = (sentence: string) => process.stderr.write(`notebook-templates: ${legibleName(sentence)}\n`)
  const examples: string[] = []
  for (const notice of list) {
    const { kind, name } = notice
    if (kind === 'overwritten') {
      const { cell, line, code } = notice
      tell(`${fill(confirm.notices.overwritten, { name, cell, line })} ${code}`)
    } else if (kind === 'without-values') tell(fill(confirm.notices[kind], { name }))
    else if (kind === 'derived') tell(fill(confirm.notices.derived, { name, from: notice.from }))
    else if (kind === 'unknown') tell(fill(confirm.notices.unknown, { name, meant: notice.meant ?? '' }))
    else examples.push(notice.example === undefined ? name : `${name} = ${notice.example}`)
  }
  if (wereSent && examples.length > 0) tell(`${confirm.noticesExamples} ${examples.join(', ')}`)
  if (more > 0) tell(fill(confirm.noticesMore, { count: more }))
}

function warnOfName(template: string, sent: Withheld, { settings }: CompiledTemplate): void {
  try {
    placeNotebook({ template, ...sent, languages: ['en'], target: '.', ifUnset: settings.if_unset })
  } catch (error) {
    process.stderr.write(`notebook-templates: a button would be refused: ${explain(error)}\n`)
  }
}
