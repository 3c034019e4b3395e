package io.demur.files.suite;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.files.Nearest;
import io.demur.files.ProblemCode;
import io.demur.files.TextFile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a suite from a file: our own form as YAML, CSV or JSON lines, or a public suite as its
 * authors publish it. What is wrong with it is said at once; a file with any problem is no suite.
 */
public final class SuiteFile {

    /** The version of our own form that is read here. */
    public static final int VERSION = 1;

    /** Longer files are not read. */
    public static final int BYTES_MAX = 200_000_000;

    /** Our own form as a document. */
    public static final String YAML = "yaml";

    /** Our own form as a table: CSV or JSON lines. */
    public static final String ROWS = "rows";

    private static final int DIGEST_SHOWN = 12;

    private static final Pattern DOCUMENT =
            Pattern.compile("(?m)^[\"']?" + YamlSuite.KEY + "[\"']?[ \\t]*:");

    private static final Comparator<Problem> AS_IT_STANDS =
            Comparator.<Problem>comparingLong(problem -> problem.where().line())
                    .thenComparingLong(problem -> problem.where().column());

    private final String file;
    private final List<Problem> problems;
    private final Gathering gathering;

    private SuiteFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
        this.gathering = new Gathering(problems);
    }

    /** What users call the forms, and what these are: our own two, and the public suites. */
    public static Map<String, String> formats() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(YAML, "Demur's own, as a document");
        names.put(ROWS, "Demur's own, as CSV or JSON lines");
        PublishedForms.ALL.forEach(form -> names.put(form.name(), form.title()));
        return names;
    }

    /**
     * Reads a file.
     *
     * @param file as the user named it
     * @param format one of {@link #formats}, where it is not to be found out
     * @param problems gets what is wrong with it
     * @return the suite; nothing where there is any problem
     */
    public static Optional<Suite> read(
            String file, byte[] bytes, Optional<String> format, List<Problem> problems) {
        int before = problems.size();
        SuiteFile reading = new SuiteFile(file, problems);
        Optional<Suite> head = reading.head(bytes, format);
        reading.gathering.check(problems.size() == before);
        problems.subList(before, problems.size()).sort(AS_IT_STANDS);
        List<Case> cases = reading.gathering.cases();
        return problems.size() > before
                ? Optional.empty()
                : head.map(it -> new Suite(it.name(), it.version(), it.description(), cases));
    }

    private Optional<Suite> head(byte[] bytes, Optional<String> format) {
        if (format.isPresent() && !formats().containsKey(format.get())) {
            say(
                    ProblemCode.OPTION_UNKNOWN,
                    "there is no format `%s`, but %s"
                            .formatted(
                                    format.get(),
                                    Nearest.list(Nearest.first(format.get(), formats().keySet()))));
            return Optional.empty();
        }
        Optional<String> text = text(bytes);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean named = fileName().matches("(?i).*\\.ya?ml");
        if (format.map(YAML::equals).orElse(named || isDocument(text.get()))) {
            return YamlSuite.read(file, bytes, gathering, problems);
        }
        Table table = Table.read(file, text.get(), problems);
        if (table.rows().isEmpty()) {
            say(ProblemCode.FILE_EMPTY, "there are no records in it");
            return Optional.empty();
        }
        String version = digest(bytes);
        Optional<PublishedForm> form = format.isEmpty() ? found(table) : demanded(table, format);
        if (form.isPresent()) {
            for (Row row : table.rows()) {
                form.get().read(row, problems).ifPresent(it -> gathering.add(it, row.where()));
            }
            return Optional.of(
                    new Suite(form.get().name(), version, form.get().title(), List.of()));
        }
        if (format.map(ROWS::equals).orElse(isOwn(table))) {
            new OwnRows("cases", problems).read(table, gathering);
            return Optional.of(new Suite(stem(), version, "", List.of()));
        }
        return Optional.empty();
    }

    private Optional<String> text(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            say(ProblemCode.RECORD_TOO_LONG, "more than %,d bytes".formatted(BYTES_MAX));
            return Optional.empty();
        }
        Optional<String> text = TextFile.of(file, bytes, problems);
        if (text.filter(String::isBlank).isPresent()) {
            say(ProblemCode.FILE_EMPTY, "there are no records in it");
            return Optional.empty();
        }
        return text;
    }

    private static boolean isDocument(String text) {
        return !text.stripLeading().startsWith("{") && DOCUMENT.matcher(text).find();
    }

    private static boolean isOwn(Table table) {
        return table.columns().contains("expect");
    }

    /** The form that a table is in; nothing where it is in our own, or in none, after saying so. */
    private Optional<PublishedForm> found(Table table) {
        if (isOwn(table)) {
            return Optional.empty();
        }
        List<PublishedForm> fitting =
                PublishedForms.ALL.stream().filter(form -> form.fits(table.columns())).toList();
        Optional<PublishedForm> called =
                fitting.stream().filter(form -> form.isCalled(fileName())).findFirst();
        if (called.isPresent()) {
            return called;
        }
        Problem problem =
                Problem.at(
                        Where.file(file),
                        ProblemCode.COLUMN_MISSING.code(),
                        "there is no column `expect`, which says what is right; the columns are "
                                + Nearest.list(table.columns()));
        String names =
                String.join(
                        " or ", fitting.stream().map(form -> "--format " + form.name()).toList());
        problems.add(
                fitting.isEmpty()
                        ? problem
                        : problem.withFix(
                                "where it is a public suite, its file's name does not say which"
                                        + " part: %s".formatted(names)));
        return Optional.empty();
    }

    private Optional<PublishedForm> demanded(Table table, Optional<String> format) {
        List<PublishedForm> named =
                PublishedForms.ALL.stream()
                        .filter(form -> format.equals(Optional.of(form.name())))
                        .toList();
        Optional<PublishedForm> fitting =
                named.stream().filter(form -> form.fits(table.columns())).findFirst();
        if (fitting.isEmpty() && !named.isEmpty()) {
            say(
                    ProblemCode.FORMAT_DIFFERENT,
                    "`%s` has the columns %s; here are %s"
                            .formatted(
                                    named.getFirst().name(),
                                    Nearest.list(named.getFirst().columns()),
                                    Nearest.list(table.columns())));
        }
        return fitting;
    }

    /** The file's name without folders, and without the sum that may stand behind an address. */
    private String fileName() {
        String unsummed = file.replaceFirst("#sha256=.*", "").replaceFirst("\\?.*", "");
        return unsummed.substring(unsummed.lastIndexOf('/') + 1);
    }

    private String stem() {
        String stem = fileName().replaceFirst("\\.[A-Za-z0-9]{1,8}$", "");
        return stem.isBlank() ? "suite" : stem.toLowerCase(Locale.ROOT);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, DIGEST_SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private void say(ProblemCode code, String message) {
        problems.add(Problem.at(Where.file(file), code.code(), message));
    }
}
