// Runs cells by F# Interactive (FSharp.Compiler.Service) and prints the variables that they set, one a line, in a form
// that keeps types apart.
//
// Argument: a file of cells, each followed by a line that is only U+0001; a cell's first line names the variables to
// print. A line "error: …" stands for a cell that F# cannot run, or of which it warns. A line "end" follows each cell.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;

static class RunFSharpCells
{
    static readonly FSharpOption<CancellationToken> never = FSharpOption<CancellationToken>.None;

    static void Main(string[] arguments)
    {
        var printed = new StringWriter();
        var session = Shell.FsiEvaluationSession.Create(
            Shell.FsiEvaluationSession.GetDefaultConfiguration(),
            new[] { "fsi", "--noninteractive", "--nologo", "--gui-", "--quiet" },
            new StringReader(""), printed, printed, FSharpOption<bool>.None, null);
        var console = Console.Out;
        Console.SetOut(printed);
        var output = new StringWriter();
        var cells = File.ReadAllText(arguments[0]).Split(new[] { "\n\u0001\n" }, StringSplitOptions.None);
        foreach (var cell in cells.Take(cells.Length - 1))
        {
            var end = cell.IndexOf('\n');
            output.Write(Run(session, cell.Substring(0, end), cell.Substring(end + 1)) + "end\n");
        }
        console.Write(output);
    }

    static string Run(Shell.FsiEvaluationSession session, string names, string cell)
    {
        var done = session.EvalInteractionNonThrowing(cell, never);
        foreach (var fault in done.Item2) return "error: " + Line(fault.ToString()) + "\n";
        if (names == "") return "";
        var variables = names.Split(' ');
        var wanted = "[| " + string.Join("; ", variables.Select(name => "box " + name)) + " |]";
        var read = session.EvalExpressionNonThrowing(wanted);
        foreach (var fault in read.Item2) return "error: " + Line(fault.ToString()) + "\n";
        var values = (object[])((FSharpChoice<FSharpOption<Shell.FsiValue>, Exception>.Choice1Of2)read.Item1).Item.Value.ReflectionValue;
        return string.Concat(variables.Select((name, index) => name + " " + NetValues.Show(values[index]) + "\n"));
    }

    static string Line(string text) { return text.Replace("\n", " ").Replace("\r", " "); }
}
