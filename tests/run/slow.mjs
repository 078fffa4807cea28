/**
 * Unit tests that take more than four seconds each on two cores: they start processes, wait for real time, or try very many
 * values. `npm test` runs them, `npm run test:unit` only when its words ask for them.
 */
const names = `
  catalogue/many catalogue/template-pieces cli main upgrade
  hub/neighbour.unit hub/odd-servers.unit hub/still-there.unit
  journey/jobs journey/journey journey/line journey/starts/start-in-turn
  notebook/json/walk notebook/languages/shared/cells/read-cell notebook/properties notebook/render/pieces notebook/schema/agreement
  notebook/schema/check notebook/size
  preview/cells preview/hostile preview/part
  store/contract store/lmdb-folder store/lmdb
  web/app-limits web/bodies web/catalogue-many web/left-early web/pages web/preview web/problem web/sampledb web/secrets
  web/template`

export const slowTests = new Set(
  names
    .trim()
    .split(/\s+/)
    .map((name) => `build/tests/${name}.test.js`),
)
