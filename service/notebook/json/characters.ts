/** The characters that JSON's structure is made of, by their codes. */
export const quote = 0x22
export const comma = 0x2c
export const minus = 0x2d
export const point = 0x2e
export const zero = 0x30
export const nine = 0x39
export const colon = 0x3a
export const backslash = 0x5c
export const listOpen = 0x5b
export const listClose = 0x5d
export const objectOpen = 0x7b
export const objectClose = 0x7d

/** Whether a code is that of a digit of ASCII. */
export const isDigit = (code: number) => code >= zero && code <= nine
