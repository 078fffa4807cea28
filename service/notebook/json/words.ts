/**
 * Which of four bytes, read as one number, a JSON text does not hold as they are (RFC 8259, section 7): a quote (0x22), a
 * backslash (0x5c), a control character (below 0x20). Each has its highest bit set in the result; the lowest one is right,
 * those above it may be wrong, and 0 is none. A byte is 0, or below a space, when taking 1, or a space, from it borrows from
 * its highest bit (Warren, Hacker's Delight, section 6-1).
 */
export function specialBits(four: number): number {
  const quoteless = four ^ 0x22222222
  const slashless = four ^ 0x5c5c5c5c
  const low = (four - 0x20202020) & ~four
  const zeros = ((quoteless - 0x01010101) & ~quoteless) | ((slashless - 0x01010101) & ~slashless)
  return (low | zeros) & 0x80808080
}
