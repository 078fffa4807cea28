import t from 'tap'
import { cCell } from '../../../../../service/notebook/languages/c/c-cell.ts'
import { goCell } from '../../../../../service/notebook/languages/go/go-cell.ts'
import { javaCell } from '../../../../../service/notebook/languages/jvm/java-cell.ts'
import { rustCell } from '../../../../../service/notebook/languages/rust/rust-cell.ts'
import type { CellReader } from '../../../../../service/notebook/languages/shared/declared.ts'
import { readBy } from '../read-by.ts'

const tables: Readonly<
  Record<string, [reader: CellReader, ...rows: [label: string, source: string, ...wanted: string[]][]]>
> = {
  'C and C++': [
    cCell,
    ['a number', 'int a = 5; // how many', 'a: int = 5 → 5 # how many'],
    ['several', 'double a = -1.5, b;', 'a: double = -1.5 → -1.5', 'b: double'],
    [
      'texts',
      'const char *a = "x" "y"; char b[] = "z";',
      'a!: const char * = "x" "y" → "xy"',
      'b!: char[] = "z" → "z"',
    ],
    [
      'what is no text',
      "char a = 'x'; char *b[2]; int *c = NULL;",
      "a: char = 'x'",
      'b: char *[]',
      'c: int * = NULL → null',
    ],
    ['arrays', 'int a[] = {1, 2};\nint a_length = 2;', 'a: int[] = {1, 2} → [1,2]', 'a_length: int = 2 → 2'],
    [
      'numbers',
      'int a = 010; long b = 0xFFL; float c = 1.5f;',
      'a: int = 010 → 8',
      'b: long = 0xFFL → 255',
      'c: float = 1.5f → 1.5',
    ],
    [
      'texts of C++',
      'std::string a = "x"; const std::string b{"y"}; auto c = "z";',
      'a!: std::string = "x" → "x"',
      'b!: const std::string = "y" → "y"',
      'c!: auto = "z" → "z"',
    ],
    ['text with its bytes', 'const char *a = "\\303\\251";', 'a!: const char * = "\\303\\251"'],
    [
      'what sets nothing',
      '#define A 1\nextern int b; typedef int C;\nint d(int e);\nint main(void) { int f = 1; }\nb = 2;',
    ],
    ['a line that is not C', 'int a = ;\nint b = 1;', 'b: int = 1 → 1', '✗ 1:9'],
    ['a text that stays open', 'const char *a = "x;\nint b = 1;', 'b: int = 1 → 1', '✗ 1:20'],
  ],
  Java: [
    javaCell,
    [
      'all ways',
      'int a = 1; final String b = "x", c; // all\nvar d = -1.5e3f;',
      'a: int = 1 → 1',
      'b!: String = "x" → "x" # all',
      'c!: String # all',
      'd = -1.5e3f → -1.5e3',
    ],
    [
      'values',
      'int[] a = {1, 2}; boolean b = true; Object c = null; long d = 5L;',
      'a: int[] = {1, 2} → [1,2]',
      'b: boolean = true → true',
      'c: Object = null → null',
      'd: long = 5L → 5',
    ],
  ],
  Go: [
    goCell,
    [
      'all ways',
      'a := 1 // one\nvar b string = "x"\nvar c, d = 1, -2.5\nconst e = `f`\ng = 2',
      'a = 1 → 1 # one',
      'b!: string = "x" → "x"',
      'c = 1 → 1',
      'd = -2.5 → -2.5',
      'e! = `f` → "f"',
      'g = 2 → 2',
    ],
    ['a group', 'var (\n  a int = 1\n  b = nil\n)', 'a: int = 1 → 1', 'b = nil → null'],
    ['what sets no variable', 'a.b = 1\nfunc c() { d := 1 }'],
  ],
  Rust: [
    rustCell,
    [
      'all ways',
      'let a = 1u8; // one\nlet mut b: &str = "x"; const C: f64 = -1.5; static D: i32 = 2;',
      'a = 1u8 → 1 # one',
      'b!: &str = "x" → "x"',
      'C: f64 = -1.5 → -1.5',
      'D: i32 = 2 → 2',
    ],
    [
      'values',
      'let a = [1, 2]; let b: Option<String> = None; let c = r#"d"#;',
      'a = [1, 2] → [1,2]',
      'b!: Option<String> = None → null',
      'c! = r#"d"# → "d"',
    ],
    ['what sets nothing known', 'let (a, b) = (1, 2); fn c() { let d = 1; }'],
  ],
}

for (const [language, [reader, ...rows]] of Object.entries(tables)) {
  t.test(`a parameters cell of ${language}`, async (t) => {
    for (const [name, source, ...wanted] of rows) t.strictSame(readBy(reader, source), wanted, name)
  })
}
