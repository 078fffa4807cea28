import type { OracleCase } from '../../oracle.ts'
import { variablesOf } from '../shared/compiled-oracle.ts'

/** How each type is shown; a list with the type of its items, an object in the order of its names' bytes. */
const head = `package main

import (
	"bufio"
	"encoding/hex"
	"math"
	"math/big"
	"os"
	"reflect"
	"sort"
	"strconv"
)

var out = bufio.NewWriter(os.Stdout)

func show(x any) {
	switch x := x.(type) {
	case nil:
		out.WriteString("nil")
	case bool:
		out.WriteString("bool " + strconv.FormatBool(x))
	case int:
		out.WriteString("int " + strconv.Itoa(x))
	case float64:
		if math.IsNaN(x) {
			out.WriteString("float64 nan")
		} else {
			digits := strconv.FormatUint(math.Float64bits(x), 16)
			out.WriteString("float64 " + "0000000000000000"[len(digits):] + digits)
		}
	case string:
		out.WriteString("string " + hex.EncodeToString([]byte(x)))
	case *big.Int:
		out.WriteString("big " + x.String())
	case map[string]any:
		names := []string{}
		for name := range x {
			names = append(names, name)
		}
		sort.Strings(names)
		out.WriteString("{")
		for _, name := range names {
			out.WriteString(" " + hex.EncodeToString([]byte(name)) + ":")
			show(x[name])
		}
		out.WriteString("}")
	default:
		list := reflect.ValueOf(x)
		out.WriteString(list.Type().String() + "(")
		for i := 0; i < list.Len(); i++ {
			out.WriteString(" ")
			show(list.Index(i).Interface())
		}
		out.WriteString(")")
	}
}

func oracleShow(variables ...any) {
	for _, x := range variables {
		show(x)
		out.WriteString("\\n")
	}
}

func oracleCell(number int) {
	out.WriteString("cell " + strconv.Itoa(number) + "\\n")
}

var _ = big.NewInt
`

const imports = /^import "[a-z/]+"$/

/** A program that runs the cells, as `Compiled` wants it. */
export function program(cells: readonly OracleCase[]): string {
  const bodies = cells.map((cell, index) => {
    // In a notebook they may stand in any cell, in a program only at its top.
    const code = cell.source.split('\n').filter((line) => !imports.test(line))
    const end = `oracleCell(${index})\noracleShow(${variablesOf(cell).join(', ')})`
    return `// cell ${index}\nfunc cell${index}() {\n${code.join('\n')}\n${end}\n}`
  })
  const calls = cells.map((_, index) => `cell${index}()`)
  return `${head}${bodies.join('\n')}\nfunc main() {\n${calls.join('\n')}\nout.Flush()\n}\n`
}
