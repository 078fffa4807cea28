#!/usr/bin/env node
/** The process: it serves, or with `--check-settings` only says whether it could. */
import './start-heap.ts'

// Asked before the modules are loaded: while that takes its time, the Hub may die already.
const parent = process.ppid

if (process.argv[2] === '--check-settings') {
  const { checkSettings } = await import('./settings/check.ts')
  process.exitCode = await checkSettings(process.env)
} else {
  const { serve } = await import('./serve.ts')
  await serve(parent)
}
