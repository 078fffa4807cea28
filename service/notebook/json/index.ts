export { backslash, colon, comma, listClose, listOpen, objectClose, objectOpen, quote } from './characters.ts'
