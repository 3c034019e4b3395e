package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * What the arguments of a command name, in the order in which it is read.
 *
 * @param inputs files and streams to read
 * @param problems what is wrong with the arguments, and what is good to know: one line for each
 *     file in a folder that is no transcript, and for each that was named twice ({@link
 *     ProblemCode#onlyTells})
 */
public record Inputs(List<Input> inputs, List<Problem> problems) {

    /** How many records of a file in a folder are tried, to find out whether it is a transcript. */
    private static final int TRIED_MAX = 100;

    /** How files are named of which we expect that they are transcripts. */
    private static final List<String> ENDINGS = List.of(".jsonl", ".ndjson", ".csv", ".tsv");

    /** Problems of a whole file that do not mean that it is something else. */
    private static final Set<String> DAMAGE =
            Set.of(
                    ProblemCode.FILE_UNREADABLE.code(),
                    ProblemCode.FILE_BROKEN_OFF.code(),
                    ProblemCode.COLUMN_TWICE.code(),
                    ProblemCode.ENCODING_UNSUPPORTED.code());

    public Inputs {
        inputs = List.copyOf(inputs);
        problems = List.copyOf(problems);
    }

    /**
     * Expands arguments: {@code -} is standard input; a folder stands for the transcripts in it and
     * in its folders, in the order of their paths and without hidden files; a pattern that the
     * shell left alone for the files that match it; all else is the name of a file.
     *
     * @param options by which files in folders are tried
     */
    public static Inputs expand(List<String> arguments, ReadOptions options) {
        Expansion expansion = new Expansion(options);
        for (String argument : arguments) {
            if (argument.equals(Input.STDIN)) {
                expansion.stdin();
            } else {
                expansion.path(argument);
            }
        }
        return new Inputs(expansion.inputs, expansion.problems);
    }

    /** The same where every file is to be detected. */
    public static Inputs expand(List<String> arguments) {
        return expand(arguments, ReadOptions.AUTO);
    }

    private static final class Expansion {

        private final ReadOptions options;
        private final List<Input> inputs = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final Set<Path> seen = new HashSet<>();
        private boolean stdinSeen;

        Expansion(ReadOptions options) {
            this.options = options;
        }

        void stdin() {
            if (stdinSeen) {
                passOver(ProblemCode.FILE_TWICE, Input.STDIN, "standard input is named twice");
            } else {
                inputs.add(Input.of(Input.STDIN, () -> System.in));
            }
            stdinSeen = true;
        }

        void path(String argument) {
            Path path;
            try {
                path = Path.of(argument);
            } catch (InvalidPathException e) {
                missing(argument, "this is no name of a file");
                return;
            }
            if (Files.isDirectory(path)) {
                folder(path);
            } else if (Files.exists(path)) {
                add(path);
            } else if (isPattern(argument)) {
                pattern(argument);
            } else {
                missing(argument, "there is no such file");
            }
        }

        private void folder(Path folder) {
            List<Path> files = new ArrayList<>();
            walk(folder, Integer.MAX_VALUE, files);
            int before = inputs.size();
            for (Path file : files) {
                Optional<String> reason = noTranscript(file);
                if (reason.isEmpty()) {
                    add(file);
                } else {
                    passOver(
                            ProblemCode.FILE_PASSED_OVER,
                            file.toString(),
                            "passed over: " + reason.get());
                }
            }
            if (inputs.size() == before) {
                problems.add(
                        ProblemCode.FILE_MISSING.at(
                                Where.file(folder.toString()),
                                "there are no transcripts in this folder"));
            }
        }

        private void pattern(String argument) {
            int wild = argument.length();
            for (char c : new char[] {'*', '?', '[', '{'}) {
                int at = argument.indexOf(c);
                wild = at >= 0 ? Math.min(wild, at) : wild;
            }
            int slash = argument.lastIndexOf('/', wild);
            Path base = Path.of(slash < 0 ? "" : argument.substring(0, slash + 1));
            PathMatcher matcher;
            try {
                matcher = FileSystems.getDefault().getPathMatcher("glob:" + argument);
            } catch (PatternSyntaxException e) {
                missing(argument, "this is neither a file nor a pattern");
                return;
            }
            List<Path> files = new ArrayList<>();
            if (Files.isDirectory(base.toAbsolutePath())) {
                long steps = argument.substring(slash + 1).chars().filter(c -> c == '/').count();
                walk(base, argument.contains("**") ? Integer.MAX_VALUE : (int) steps + 1, files);
            }
            List<Path> matching = files.stream().filter(matcher::matches).toList();
            if (matching.isEmpty()) {
                missing(argument, "no file matches this pattern");
            }
            matching.forEach(this::add);
        }

        private void add(Path file) {
            Path real;
            try {
                real = file.toRealPath();
            } catch (IOException e) {
                real = file.toAbsolutePath();
            }
            // A pipe may be named like a file, and two of them are never the same.
            if (Files.isRegularFile(real) && !seen.add(real)) {
                passOver(
                        ProblemCode.FILE_TWICE,
                        file.toString(),
                        "the file is named twice; it is read once");
                return;
            }
            inputs.add(Input.of(file));
        }

        /** Why a file in a folder is not read, or nothing where it is. */
        private Optional<String> noTranscript(Path file) {
            Optional<String> reason = Optional.empty();
            try (TranscriptFile opened = TranscriptFile.open(Input.of(file), options)) {
                for (int i = 0; i < TRIED_MAX; i++) {
                    Optional<Entry> entry = opened.next();
                    if (entry.isEmpty()) {
                        break;
                    }
                    if (!(entry.get().decode() instanceof Decoded.Unreadable unreadable)) {
                        return Optional.empty();
                    }
                    if (isDamage(unreadable.problem(), opened.format(), file)) {
                        return Optional.empty();
                    }
                    Problem problem = unreadable.problem();
                    reason = Optional.of(reason.orElse(problem.message()));
                }
            }
            return reason;
        }

        /**
         * Whether a transcript is damaged, which is for the reader to report; only what is whole
         * and something else is passed over.
         */
        private static boolean isDamage(Problem problem, String format, Path file) {
            String name = file.toString();
            String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
            boolean named = ENDINGS.stream().anyMatch(plain::endsWith);
            return problem.where().line() == 0
                    ? named && DAMAGE.contains(problem.code())
                    : (named || format.equals("csv"))
                            && !problem.code().equals(ProblemCode.SHAPE_UNKNOWN.code());
        }

        private void walk(Path folder, int depth, List<Path> files) {
            try {
                Visitor visitor = new Visitor(folder, files, problems);
                Files.walkFileTree(folder, Set.of(), depth, visitor);
            } catch (IOException e) {
                problems.add(
                        ProblemCode.FILE_UNREADABLE.at(
                                Where.file(folder.toString()), "cannot be read: " + e));
            }
            files.sort(Path::compareTo);
        }

        private void missing(String argument, String message) {
            problems.add(
                    ProblemCode.FILE_MISSING
                            .at(Where.file(argument), message)
                            .withFix("check the name and the folder you are in"));
        }

        private void passOver(ProblemCode code, String name, String message) {
            problems.add(code.at(Where.file(name), message));
        }

        private static boolean isPattern(String argument) {
            return argument.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        }
    }

    /** Collects the files below a folder, but none that is hidden. */
    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Path> files;
        private final List<Problem> problems;

        Visitor(Path root, List<Path> files, List<Problem> problems) {
            this.root = root;
            this.files = files;
            this.problems = problems;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && hidden(folder)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!hidden(file) && Files.isRegularFile(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            problems.add(
                    ProblemCode.FILE_UNREADABLE.at(
                            Where.file(file.toString()), "cannot be read: " + e.getMessage()));
            return FileVisitResult.CONTINUE;
        }

        private static boolean hidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }
    }
}
