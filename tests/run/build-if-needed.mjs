/** Before `npm start`: what a fresh checkout lacks. */
import { buildIfNeeded, installPackages } from './prepare.mjs'

if (!installPackages() || !buildIfNeeded()) process.exitCode = 1
