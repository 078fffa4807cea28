/** Makes the pictures of the shipped templates' cards again, from their first figures: `node tests/run/thumbnails.mjs`. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { project } from './prepare.mjs'

const folder = join(project, 'templates')
const jobs = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.ipynb'))
  .sort()
  .map((name) => {
    const notebook = join(folder, name)
    const { thumbnail } = JSON.parse(readFileSync(notebook, 'utf8')).metadata.notebook_templates
    return { notebook, image: join(dirname(notebook), thumbnail) }
  })
const python = join(project, '.environments/hub-6.1.1/bin/python')
const program = join(project, 'tests/run/thumbnails.py')
const options = { input: JSON.stringify(jobs), stdio: ['pipe', 'inherit', 'inherit'] }
process.exit(spawnSync(python, [program], options).status ?? 1)
