package io.demur.record.entry;

import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import java.util.regex.Pattern;

/**
 * Entries as bytes: canonical JSON of at most {@value #BYTES_MAX} bytes, with the type as {@code
 * t}, its version as {@code v} and the time as {@code at}.
 *
 * <p>A field never changes its meaning, and a word never leaves a list. What would do so takes a
 * new version; a program reads what it does not know as {@link Unknown}. New optional fields need
 * none, because fields that are not known are passed over.
 */
public final class EntryCodec {

    /** The longest entry. */
    public static final int BYTES_MAX = 4_096;

    private static final int VERSION = 1;
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z_]{0,31}");

    private EntryCodec() {}

    /** What an entry is called in the log. */
    public static String type(Entry entry) {
        return switch (entry) {
            case Attempt it -> "ATTEMPT";
            case Outcome it -> "OUTCOME";
            case RouteAround it -> "ROUTE_AROUND";
            case StageSeen it -> "STAGE";
            case PolicyChange it -> "POLICY";
            case DrillRun it -> "DRILL";
            case Review it -> "REVIEW";
            case Appeal it -> "APPEAL";
            case Report it -> "REPORT";
            case Feedback it -> "FEEDBACK";
            case Access it -> "ACCESS";
            case AccessChange it -> "ACCESS_CHANGE";
            case Erase it -> "ERASE";
            case KeyChange it -> "KEY";
            case Start it -> "START";
            case Stop it -> "STOP";
            case Unknown it -> it.type();
        };
    }

    /**
     * The bytes of an entry.
     *
     * @throws IllegalArgumentException for one of more than {@value #BYTES_MAX} bytes, and for one
     *     that is not known, which nobody can vouch for
     */
    public static byte[] bytes(Entry entry) {
        Draft draft = new Draft().text("t", type(entry)).whole("v", VERSION).time("at", entry.at());
        switch (entry) {
            case Attempt it -> ExchangeFields.write(it, draft);
            case Outcome it -> ExchangeFields.write(it, draft);
            case RouteAround it -> ExchangeFields.write(it, draft);
            case StageSeen it -> ExchangeFields.write(it, draft);
            case DrillRun it -> ExchangeFields.write(it, draft);
            case Review it -> PeopleFields.write(it, draft);
            case Appeal it -> PeopleFields.write(it, draft);
            case Report it -> PeopleFields.write(it, draft);
            case Feedback it -> PeopleFields.write(it, draft);
            case Access it -> PeopleFields.write(it, draft);
            case AccessChange it -> AccessFields.write(it, draft);
            case Erase it -> PeopleFields.write(it, draft);
            case PolicyChange it -> ProcessFields.write(it, draft);
            case KeyChange it -> ProcessFields.write(it, draft);
            case Start it -> ProcessFields.write(it, draft);
            case Stop it -> ProcessFields.write(it, draft);
            case Unknown it ->
                    throw new IllegalArgumentException(
                            "what is not known is not written: `%s`".formatted(it.type()));
        }
        byte[] bytes = Canonical.bytes(draft.object());
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an entry `%s` of %d bytes; %d are allowed"
                            .formatted(type(entry), bytes.length, BYTES_MAX));
        }
        return bytes;
    }

    /**
     * Reads an entry.
     *
     * @return an {@link Unknown} where its type or version is not known
     * @throws Malformed where it is too long, is not canonical, or says what no entry can say
     */
    public static Entry read(byte[] bytes) throws Malformed {
        if (bytes.length > BYTES_MAX) {
            throw new Malformed(
                    "an entry of %d bytes; %d are allowed".formatted(bytes.length, BYTES_MAX));
        }
        try {
            if (!(Canonical.read(bytes) instanceof Json.Obj object)) {
                throw new Malformed("an entry that is no object");
            }
            return read(new Fields(object), object);
        } catch (NotCanonical e) {
            throw new Malformed("not canonical JSON: " + e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Entry read(Fields from, Json.Obj object) throws Malformed {
        String type = from.text("t");
        long version = from.whole("v");
        if (!TYPE.matcher(type).matches() || version < 1 || version > Integer.MAX_VALUE) {
            throw new Malformed("`t` is no type, or `v` no version");
        }
        // a later version has no case of its own yet
        return switch (version == VERSION ? type : "") {
            case "ATTEMPT" -> ExchangeFields.attempt(from);
            case "OUTCOME" -> ExchangeFields.outcome(from);
            case "ROUTE_AROUND" -> ExchangeFields.routeAround(from);
            case "STAGE" -> ExchangeFields.stage(from);
            case "DRILL" -> ExchangeFields.drill(from);
            case "REVIEW" -> PeopleFields.review(from);
            case "APPEAL" -> PeopleFields.appeal(from);
            case "REPORT" -> PeopleFields.report(from);
            case "FEEDBACK" -> PeopleFields.feedback(from);
            case "ACCESS" -> PeopleFields.access(from);
            case "ACCESS_CHANGE" -> AccessFields.read(from);
            case "ERASE" -> PeopleFields.erase(from);
            case "POLICY" -> ProcessFields.policy(from);
            case "KEY" -> ProcessFields.key(from);
            case "START" -> ProcessFields.start(from);
            case "STOP" -> ProcessFields.stop(from);
            default -> new Unknown(from.time("at"), type, (int) version, Canonical.text(object));
        };
    }
}
