/**
 * How many times as long something takes at four times the size: about 4 where the time is linear in it, 16 where it grows
 * with its square. By the processor's time, the best of three each, so that other processes do not count.
 */
export function growthOf(work: (size: number) => void, size: number): number {
  const least = (of: number) => Math.min(...Array.from({ length: 3 }, () => timeOf(() => work(of))))
  // Below some milliseconds it is the clock that is measured.
  return least(4 * size) / Math.max(4, least(size))
}

function timeOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
