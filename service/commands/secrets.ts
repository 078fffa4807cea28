import { secretNames } from '../notebook/index.ts'

/** As the service has it, so that both make the same notebook. */
export const configuredSecrets = secretNames(
  process.env.NOTEBOOK_TEMPLATES_SECRET_NAMES?.split(/[\s,]+/).filter((name) => name !== ''),
)
