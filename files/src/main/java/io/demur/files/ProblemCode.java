package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can be wrong with the files that a user gives us. The codes are stable: reports and scripts
 * may rely on them; {@code docs/reference/problems.md} lists them.
 */
public enum ProblemCode {
    FILE_MISSING("there is no such file, or a pattern matches none"),
    FILE_UNREADABLE("the file is there, but cannot be opened or read"),
    FILE_EMPTY("the file has no records"),
    FILE_TWICE("the file was named more than once; it is read once"),
    FILE_PASSED_OVER("a file in a folder is no transcript; it is not read"),
    FILE_BROKEN_OFF(
            "reading failed after the records before it: damaged gzip, an error of the disk"),
    ENCODING_UNSUPPORTED("the file is UTF-16 or UTF-32; transcripts are UTF-8"),
    FORMAT_UNKNOWN("the file is in no format that is known"),
    FORMAT_DIFFERENT("a format was demanded, and the file is in another"),
    OPTION_UNKNOWN("an option for reading has a value that does not exist"),
    COLUMN_MISSING("a column or field that was named is not there"),
    COLUMNS_UNKNOWN("no column is known to hold a prompt or a response"),
    COLUMN_TWICE("two columns have one name, and it is one that is read"),
    RECORD_TOO_LONG("a record is longer than the cap"),
    JSON_INVALID("a record is no JSON"),
    JSON_TRUNCATED("a record ends in the middle"),
    JSON_LIMIT("a record is nested too deeply, or a number in it is too long"),
    JSON_LOST("after damage in a JSON document no further record could be found"),
    UTF8_INVALID("a record is no UTF-8"),
    NUL_BYTE("a record holds a NUL byte"),
    CSV_INVALID("a CSV record breaks the rules of RFC 4180"),
    CSV_QUOTE_OPEN("a quoted CSV field is not closed as it should be"),
    CSV_FIELD_COUNT("a CSV record has more or fewer fields than the header"),
    SHAPE_UNKNOWN("a JSON record has the fields of no shape that is known"),
    SHAPE_DIFFERENT("a format was demanded, and the record is in another"),
    RECORD_MALFORMED("a record has a known shape, but a field in it is not what it should be"),
    LABEL_UNKNOWN("a label has a value that is not known; the record is read without it"),
    READER_FAILED("the reader itself failed on a record; this is a defect of Demur");

    private static final int MESSAGE_CHARS_MAX = 1000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private final String description;

    ProblemCode(String description) {
        this.description = description;
    }

    /** The code as it is written in {@link Problem#code()}: {@code json-truncated}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One line about it: lower case, no final period. */
    public String description() {
        return description;
    }

    /** Whether a problem is only good to know: nothing that was asked for is left unread. */
    public static boolean onlyTells(Problem problem) {
        return problem.code().equals(FILE_TWICE.code())
                || problem.code().equals(FILE_PASSED_OVER.code());
    }

    Problem at(Where where, String message) {
        return Problem.at(where, code(), shown(message));
    }

    /** Messages quote what files hold, and files may hold anything: also what moves a cursor. */
    private static String shown(String message) {
        String whole =
                message.length() > MESSAGE_CHARS_MAX
                        ? message.substring(0, MESSAGE_CHARS_MAX) + "…"
                        : message;
        return CONTROL.matcher(whole).replaceAll("\uFFFD");
    }
}
