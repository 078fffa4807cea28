import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * Runs cells of the languages of this virtual machine and prints what each of them sets: a line `name value` for each
 * variable, then `end`; for a cell that cannot be read `wrong`, why, and `end`.
 *
 * <p>{@code java JvmCells.java jshell|java|kotlin|scala2|scala3 FOLDER}; on standard input each cell behind its length
 * in UTF-16 code units and a line feed. In FOLDER the classes are made.
 */
public class JvmCells {
    private static final PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        List<String> cells = new ArrayList<>();
        String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (int at = 0; at < input.length(); ) {
            int line = input.indexOf('\n', at);
            int end = line + 1 + Integer.parseInt(input.substring(at, line));
            cells.add(input.substring(line + 1, end));
            at = end;
        }
        boolean isShell = arguments[0].equals("jshell");
        List<String> all = isShell ? inShell(cells) : compiled(arguments[0], Path.of(arguments[1]), cells);
        for (String lines : all) answers.print(lines + "end\n");
        answers.flush();
        System.exit(0);
    }

    private static String wrong(Object why) {
        return "wrong " + String.valueOf(why).replaceAll("\\s+", " ") + "\n";
    }

    // JShell: statement by statement, as its kernels do it.

    private static List<String> inShell(List<String> cells) {
        List<String> all = new ArrayList<>();
        JShell shell = null;
        for (int index = 0; index < cells.size(); index++) {
            // A shell gets slower with each statement that it remembers.
            if (index % 100 == 0) shell = JShell.builder().executionEngine("local").build();
            all.add(inShell(shell, cells.get(index)));
        }
        return all;
    }

    private static String inShell(JShell shell, String cell) {
        List<VarSnippet> variables = new ArrayList<>();
        for (String rest = cell; !rest.isBlank(); ) {
            var info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!info.completeness().isComplete()) return wrong(info.completeness());
            rest = info.remaining();
            for (SnippetEvent event : shell.eval(info.source())) {
                if (event.exception() != null) return wrong(event.exception());
                if (event.status() == Snippet.Status.REJECTED) {
                    return wrong(shell.diagnostics(event.snippet()).findFirst().get().getMessage(null));
                }
                boolean isNew = event.causeSnippet() == null;
                if (isNew && event.snippet() instanceof VarSnippet) variables.add((VarSnippet) event.snippet());
            }
        }
        // The shell itself gives values only as texts.
        List<String> names = variables.stream().map(VarSnippet::name).toList();
        shell.eval("System.getProperties().put(\"cells\", new Object[] {" + String.join(", ", names) + "});");
        Object[] values = (Object[]) System.getProperties().get("cells");
        StringBuilder lines = new StringBuilder();
        for (int index = 0; index < values.length; index++) {
            lines.append(names.get(index)).append(' ').append(text(values[index])).append('\n');
        }
        return lines.toString();
    }

    // Compilers: each cell is the body of a class, all of them in one run.

    private static List<String> compiled(String language, Path folder, List<String> cells) throws Exception {
        // What compilers print is looked through; Scala keeps the stream that it finds at its beginning.
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream messages = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrintStream errors = System.err;
        System.setOut(messages);
        System.setErr(messages);
        Map<Integer, String> wrong = new TreeMap<>();
        while (true) {
            printed.reset();
            boolean done = compile(language, folder, write(language, folder, cells, wrong), messages);
            String said = printed.toString(StandardCharsets.UTF_8);
            if (done) break;
            TreeSet<Integer> named = new TreeSet<>();
            Pattern.compile("Cell(\\d+)\\b").matcher(said).results().forEach(
                name -> named.add(Integer.valueOf(name.group(1))));
            if (named.isEmpty()) {
                errors.println(said);
                System.exit(1);
            }
            for (int index : named) wrong.put(index, wrong(said.substring(0, Math.min(500, said.length()))));
        }
        List<String> all = new ArrayList<>();
        try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (int index = 0; index < cells.size(); index++) {
                all.add(wrong.containsKey(index) ? wrong.get(index) : run(classes.loadClass("Cell" + index), language));
            }
        }
        return all;
    }

    private static List<String> write(String language, Path folder, List<String> cells, Map<Integer, String> wrong)
            throws IOException {
        List<String> files = new ArrayList<>();
        for (int index = 0; index < cells.size(); index++) {
            if (wrong.containsKey(index)) continue;
            Path file = folder.resolve("Cell" + index + "." + language.replaceAll("\\d", "").replace("kotlin", "kt"));
            Files.writeString(file, "class Cell" + index + " {\n" + cells.get(index) + "\n}\n");
            files.add(file.toString());
        }
        return files;
    }

    /** The compilers as their own command lines have them; whether all went well. */
    private static boolean compile(String language, Path folder, List<String> files, PrintStream messages)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-d", folder.toString()));
        String path = System.getProperty("java.class.path");
        if (language.equals("kotlin")) arguments.addAll(List.of("-no-stdlib", "-no-reflect", "-cp", path));
        if (language.startsWith("scala")) arguments.addAll(List.of("-classpath", path));
        arguments.addAll(files);
        String[] all = arguments.toArray(new String[0]);
        switch (language) {
            case "java":
                return javax.tools.ToolProvider.getSystemJavaCompiler().run(null, messages, messages, all) == 0;
            case "kotlin":
                Object kotlin = Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler").getConstructor().newInstance();
                Method exec = kotlin.getClass().getMethod("exec", PrintStream.class, String[].class);
                return exec.invoke(kotlin, messages, all).toString().equals("OK");
            case "scala2":
                Object scala = Class.forName("scala.tools.nsc.MainClass").getConstructor().newInstance();
                return (boolean) scala.getClass().getMethod("process", String[].class).invoke(scala, (Object) all);
            default:
                Method process = Class.forName("dotty.tools.dotc.Main").getMethod("process", String[].class);
                Object reporter = process.invoke(null, (Object) all);
                return !(boolean) reporter.getClass().getMethod("hasErrors").invoke(reporter);
        }
    }

    private static String run(Class<?> type, String language) throws Exception {
        StringBuilder lines = new StringBuilder();
        Object cell;
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            cell = constructor.newInstance();
        } catch (InvocationTargetException | LinkageError error) {
            return wrong(error.getCause());
        }
        if (language.startsWith("scala")) {
            // A lazy value is what its method gives.
            for (Method method : type.getDeclaredMethods()) {
                if (method.getParameterCount() > 0 || method.isSynthetic() || method.getName().contains("$")) continue;
                lines.append(method.getName() + " " + text(method.invoke(cell)) + "\n");
            }
            return lines.toString();
        }
        for (Field field : type.getDeclaredFields()) {
            if (field.isSynthetic()) continue;
            field.setAccessible(true);
            lines.append(field.getName() + " " + text(field.get(cell)) + "\n");
        }
        return lines.toString();
    }

    // Values in a form that keeps types and bits apart.

    private static String text(Object value) {
        if (value == null) return "null";
        if (value instanceof Integer) return "int:" + value;
        if (value instanceof Long) return "long:" + value;
        if (value instanceof BigInteger) return "big:" + value;
        if (value instanceof Double) return String.format("double:%016x", Double.doubleToLongBits((Double) value));
        if (value instanceof Boolean) return "boolean:" + value;
        if (value instanceof String) return "text:" + hexadecimal((String) value);
        StringBuilder all = new StringBuilder();
        if (value instanceof Map) {
            ((Map<?, ?>) value).forEach((name, member) -> all.append(' ').append(text(name)).append('=').append(text(member)));
            return "{" + all + "}";
        }
        if (value instanceof List) {
            for (Object item : (List<?>) value) all.append(' ').append(text(item));
            return "[" + all + "]";
        }
        return scalaText(value, all);
    }

    private static String hexadecimal(String string) {
        StringBuilder all = new StringBuilder();
        for (char unit : string.toCharArray()) all.append(Integer.toHexString(unit | 0x10000), 1, 5);
        return all.toString();
    }

    private static String scalaText(Object value, StringBuilder all) {
        try {
            if (value.getClass().getName().equals("scala.math.BigInt")) return text(call(value, "scala.math.BigInt", "bigInteger"));
            boolean isMap = Class.forName("scala.collection.immutable.ListMap").isInstance(value);
            if (!isMap && !Class.forName("scala.collection.immutable.List").isInstance(value)) return value.getClass().getName();
            Object items = call(value, "scala.collection.Iterable", "iterator");
            while ((boolean) call(items, "scala.collection.Iterator", "hasNext")) {
                Object item = call(items, "scala.collection.Iterator", "next");
                all.append(' ').append(text(isMap ? call(item, "scala.Tuple2", "_1") : item));
                if (isMap) all.append('=').append(text(call(item, "scala.Tuple2", "_2")));
            }
            return (isMap ? "{" : "[") + all + (isMap ? "}" : "]");
        } catch (ReflectiveOperationException error) {
            return value.getClass().getName();
        }
    }

    private static Object call(Object value, String type, String method) throws ReflectiveOperationException {
        return Class.forName(type).getMethod(method).invoke(value);
    }
}
