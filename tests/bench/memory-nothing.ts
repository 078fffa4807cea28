/** Does nothing, and prints the most memory that the process held, in MB. */
import { peakMemory } from './peak.ts'

console.log(peakMemory())
