/** A real SampleDB for the demo, the same that the tests use. What is in it lasts as long as the demo. */
import { makeEnvironment } from '../../tests/support/environments.mjs'
import { makeObjects, makeToken, scanActions } from '../../tests/support/sampledb/scans.mjs'
import { missingForSampleDb, people, startSampleDb } from '../../tests/support/sampledb/start.mjs'

/** @throws {Error} that names what has to be installed first; the demo asks no package manager of the system for it */
export function checkPostgresql() {
  const missing = missingForSampleDb()
  if (missing) throw new Error(missing)
}

export const installSampleDb = () => makeEnvironment('sampledb', console.log)

/** How the hub and its users' servers know the SampleDB on this port. */
export const knownTo = (port) => {
  const origin = `http://localhost:${port}`
  return {
    senders: [{ origin, name: 'SampleDB', object: '{origin}/objects/{object_id}' }],
    environment: { SAMPLEDB_URL: origin },
  }
}

/**
 * @param {string} templatesUrl of the service, `/` at its end
 * @param {number} port on 127.0.0.1; open it as `localhost`, which to a browser is another site than the hub's address
 * @param {string} logFile
 * @returns what to click, and how to end it
 */
export async function startButtons(templatesUrl, port, logFile) {
  console.log('Starting SampleDB …')
  const sampledb = await startSampleDb({
    port,
    logFile,
    actions: scanActions(),
    settings: {
      SAMPLEDB_JUPYTERHUB_NAME: 'the hub of the demo',
      SAMPLEDB_JUPYTERHUB_TEMPLATES_URL: templatesUrl.replace(/\/$/, ''),
    },
  })
  const [, ada] = people
  const { scan } = await makeObjects(sampledb, ada)
  const token = await makeToken(sampledb, ada)
  return {
    ended: sampledb.ended,
    stop: sampledb.stop,
    steps: `
  Open  ${sampledb.url}objects/${scan}

  1  Sign in to SampleDB: ${ada.login}, password ${ada.password}.
  2  Press "Create Notebook" below the measurement, then for example "Plot".
  3  The hub asks you to log in: any name, any password.
  4  Press "Create notebook", watch your server start, and choose Run > Run All Cells.

  The notebook of "Object and Files" asks for an API token of SampleDB. ${ada.name}'s, for a day:
  ${token}

  For measurements of your own: ${sampledb.url}actions/ and "Perform Measurement" below "Scan".
  To change the buttons, sign in as ${people[0].login} with the same password and edit the schema of "Scan".`,
  }
}
