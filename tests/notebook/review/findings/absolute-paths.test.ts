import t from 'tap'
import { findAbsolutePaths } from '../../../../service/notebook/review/findings/absolute-paths.ts'

t.test('absolute paths in quotes are found', async (t) => {
  const table: [source: string, ...paths: string[]][] = [
    ['x = open("/home/ada/scan.csv")', '/home/ada/scan.csv'],
    ["x <- read.csv('/Users/ada/my data/scan')", '/Users/ada/my data/scan'],
    ['a = `/mnt/share`; b = "/media/usb"', '/mnt/share', '/media/usb'],
    ['load("/data/run 7/scan.h5")', '/data/run 7/scan.h5'],
    ['f"/home/{user}/x"', '/home/{user}/x'],
    ['r"C:\\Users\\ada"', 'C:\\Users\\ada'],
    ['"C:\\\\Users\\\\ada"', 'C:\\\\Users\\\\ada'],
    ['"d:/data"', 'd:/data'],
    ['"\\\\\\\\server\\\\share\\\\x"', '\\\\\\\\server\\\\share\\\\x'],
    ['r"\\\\server\\share"', '\\\\server\\share'],
    ['"file:///home/ada/x"', 'file:///home/ada/x'],
    ['x = 1  # as in "/home/ada/x"', '/home/ada/x'],
    ['open("/tmp/a")\nopen("/tmp/a")\r\nopen("/tmp/b")', '/tmp/a', '/tmp/b'],
  ]
  for (const [source, ...paths] of table)
    t.same(
      findAbsolutePaths(source).map(({ path }) => path),
      paths,
      source,
    )
})

t.test('what only looks like one is not', async (t) => {
  const sources = [
    'open("scan.csv"), open("../data/scan.csv"), open("~/scan.csv"), open("./home/x")',
    'h5["/entry/instrument/detector/data"], h5["/data"], h5["/"]',
    '"https://example.org/home/x.csv", "http://host/data/x.csv"',
    'get("/api/v1/items"), "</tmp/>", "/ home /", "a / b", "m/s", "/home", "/home/"',
    'label("\\\\mu m"), "\\\\frac{a}{b}", r"\\alpha", "\\\\n"',
    '"12:/x", "µ:/x", "key: /home/x"',
    '# open("/home/ada/x")\n  // open("/home/ada/x")\n % open("/home/ada/x")\n-- "/home/a/x"\n/* "/home/a/x"\n * "/home/a/x"',
    'x = "a"/home/"b"',
    '"/home/ada/x',
    '',
  ]
  for (const source of sources) t.same(findAbsolutePaths(source), [], source)
})

t.test('a source that is made to be slow is not', async (t) => {
  const start = process.cpuUsage().user
  for (const part of ['"/', "'/a", '"/home/', '"C:\\', '"/a/', '`', '"\\\\', ' ']) {
    findAbsolutePaths(part.repeat(2e5))
    findAbsolutePaths(`"${part.repeat(2e5)}"`)
  }
  t.ok((process.cpuUsage().user - start) / 1e6 < 5)
})
