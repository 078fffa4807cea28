/** Before `npm start` and `npm run bench`: what a fresh checkout lacks. */
import { buildIfNeeded, installPackages } from './prepare.mjs'

if (!installPackages() || !buildIfNeeded()) process.exitCode = 1
