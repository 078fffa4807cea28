import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { inProject } from './paths.ts'

export type Compiler = 'kotlin' | 'scala2' | 'scala3'

/** The jars of a compiler that `maven.mjs` knows; it fetches them when they are not there. */
export function jarsOf(compiler: Compiler): string[] {
  execFileSync(process.execPath, [inProject('tests/support/maven.mjs'), compiler])
  const folder = inProject('.environments', `maven-${compiler}`)
  return readdirSync(folder).flatMap((file) => (file.endsWith('.jar') ? [`${folder}/${file}`] : []))
}
