// Runs cells by Roslyn, each as a script, and prints the variables that they set, one a line, in a form that keeps types
// apart.
//
// Argument: a file of cells, each followed by a line that is only U+0001. A line "error: …" stands for a cell that C#
// cannot run, of which it warns, that cannot be run twice, or that is anything but assignments of literals. A line "end"
// follows each cell.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

static class RunCSharpCells
{
    static readonly string framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
    static readonly MetadataReference[] references =
        new[] { "System.Private.CoreLib", "System.Runtime", "System.Runtime.Numerics", "System.Collections" }
            .Select(name => (MetadataReference)MetadataReference.CreateFromFile(Path.Combine(framework, name + ".dll")))
            .ToArray();
    static readonly CSharpParseOptions script = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    static void Main(string[] arguments)
    {
        var output = new StringWriter();
        var cells = File.ReadAllText(arguments[0]).Split(new[] { "\n\u0001\n" }, StringSplitOptions.None);
        for (var index = 0; index < cells.Length - 1; index++) output.Write(Run(cells[index], index) + "end\n");
        Console.Out.Write(output);
    }

    static string Run(string cell, int index)
    {
        var tree = CSharpSyntaxTree.ParseText(cell, script);
        var first = Compile("cell" + index, tree, null);
        var fault = Fault(first) ?? Fault(Compile("again" + index, tree, first));
        if (fault != null) return "error: " + fault + "\n";
        if (!tree.GetRoot().ChildNodes().Any()) return "";
        var other = tree.GetRoot().ChildNodes().FirstOrDefault(node => !IsNeeded(node) && !IsAssignment(node));
        if (other != null) return "error: more than assignments of literals: " + other.Kind() + "\n";
        var bytes = new MemoryStream();
        first.Emit(bytes);
        var type = Assembly.Load(bytes.ToArray()).GetType("Cell");
        var submissions = new object[2];
        var running = type.GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Invoke(null, new object[] { submissions });
        ((Task<object>)running).Wait();
        return string.Concat(Variables(tree).Select(name =>
            name + " " + NetValues.Show(type.GetField(name).GetValue(submissions[1])) + "\n"));
    }

    static string Fault(CSharpCompilation compilation)
    {
        var fault = compilation.GetDiagnostics().FirstOrDefault(one => one.Severity > DiagnosticSeverity.Hidden);
        return fault == null ? null : fault.ToString().Replace("\n", " ");
    }

    static CSharpCompilation Compile(string name, SyntaxTree tree, CSharpCompilation previous)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Cell");
        return CSharpCompilation.CreateScriptCompilation(name, tree, references, options, previous);
    }

    static IEnumerable<string> Variables(SyntaxTree tree)
    {
        return tree.GetRoot().ChildNodes().OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.ValueText);
    }

    static bool IsNeeded(SyntaxNode node)
    {
        return node is UsingDirectiveSyntax
            && new[] { "using System.Collections.Generic;", "using System.Numerics;" }.Contains(node.ToString());
    }

    static bool IsAssignment(SyntaxNode node)
    {
        var field = node as FieldDeclarationSyntax;
        return field != null && field.Declaration.Variables.Count == 1
            && new[] { "var", "object" }.Contains(field.Declaration.Type.ToString())
            && IsLiteral(field.Declaration.Variables[0].Initializer.Value);
    }

    static bool IsLiteral(ExpressionSyntax value)
    {
        if (value is LiteralExpressionSyntax) return true;
        var minus = value as PrefixUnaryExpressionSyntax;
        if (minus != null) return minus.Kind() == SyntaxKind.UnaryMinusExpression && minus.Operand.Kind() == SyntaxKind.NumericLiteralExpression;
        if (value is MemberAccessExpressionSyntax)
            return new[] { "double.NaN", "double.PositiveInfinity", "double.NegativeInfinity" }.Contains(value.ToString());
        var call = value as InvocationExpressionSyntax;
        if (call != null)
            return call.Expression.ToString() == "BigInteger.Parse" && call.ArgumentList.Arguments.All(one => one.Expression is LiteralExpressionSyntax);
        var array = value as ArrayCreationExpressionSyntax;
        if (array != null) return array.Initializer.Expressions.All(IsLiteral);
        var made = value as ObjectCreationExpressionSyntax;
        return made != null && made.Type.ToString() == "Dictionary<string, object>"
            && (made.ArgumentList == null || made.ArgumentList.Arguments.Count == 0)
            && (made.Initializer == null || made.Initializer.Expressions.All(IsMember));
    }

    static bool IsMember(ExpressionSyntax member)
    {
        var assignment = member as AssignmentExpressionSyntax;
        if (assignment == null || !IsLiteral(assignment.Right)) return false;
        var name = assignment.Left as ImplicitElementAccessSyntax;
        return name != null && name.ArgumentList.Arguments.All(one => one.Expression.Kind() == SyntaxKind.StringLiteralExpression);
    }
}
