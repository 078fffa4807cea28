/** Large bodies, as an attacker or an unlucky user sends them, and what they take. */
import { readFileSync } from 'node:fs'
import { type Answer, send } from './http.ts'

export const MB = 2 ** 20
export const form = 'application/x-www-form-urlencoded'
/** Fifty sizes from 13 to 20 MB. */
export const tooLarge = Array.from({ length: 50 }, (_, step) => 13 * MB + Math.round((step * 7 * MB) / 49))

/** A browser's post of `size` bytes, from a form on another site. */
export function postBytes(url: string, size: number, type = form): Promise<Answer> {
  const headers = { 'content-type': type, accept: 'text/html', origin: 'https://sampledb.example' }
  return send(url, { method: 'POST', headers, body: Buffer.alloc(size, 'a'), timeout_s: 240 })
}

/** Of a whole process, in MB: now, and the most that it ever was (proc(5)). */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { now: read('VmRSS'), most: read('VmHWM') }
}
