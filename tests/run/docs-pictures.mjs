/** Makes the pictures in docs/ again, from those that a browser test leaves behind: `node tests/run/docs-pictures.mjs`. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, project, run } from './prepare.mjs'

/** Name in docs/ → name in artefacts/. */
const pictures = {
  'confirmation.png': 'docs-confirmation.png',
}

if (!build() || !run('npx', 'tap', 'run', 'build/tests/browser/docs-pictures.test.js')) process.exit(1)
for (const [name, picture] of Object.entries(pictures)) {
  copyFileSync(join(project, 'artefacts', picture), join(project, 'docs', name))
}
