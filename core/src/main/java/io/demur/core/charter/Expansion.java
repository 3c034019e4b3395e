package io.demur.core.charter;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.charter.Models.Placement;
import io.demur.core.compose.Tongue;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Square;
import io.demur.core.policy.Table;
import io.demur.core.policy.Term;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a charter comes to, as bytes: every square of its table, and all that stands beside it. A
 * signature covers their digest as well as the document, so that a program that expands the
 * document otherwise cannot pass for the one that was signed for.
 *
 * <p>The form is in {@code docs/reference/policy-document.md}: lines of fields parted by one blank,
 * each text with its length in front, so that no two charters have the same bytes. Whatever has no
 * order in a document is sorted here.
 */
public final class Expansion {

    /** The form; another one needs another number, and signs every policy anew. */
    public static final String VERSION = "demur-expansion v1";

    private static final int PIECE = 1 << 16;

    private final Consumer<byte[]> sink;
    private final StringBuilder piece = new StringBuilder();

    private Expansion(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /** SHA-256 over the expansion, as 64 hexadecimal digits in lower case. */
    public static String digest(Charter charter) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            write(charter, digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** Writes the expansion, in pieces. */
    public static void write(Charter charter, Consumer<byte[]> sink) {
        Expansion out = new Expansion(sink);
        out.line(VERSION);
        out.line("name " + text(charter.name()));
        out.line("posture " + charter.policy().posture().level());
        out.table(charter.policy().table());
        out.texts("because", charter.because());
        out.scope(charter.scope());
        out.uses(charter);
        out.models(charter.models());
        for (Tongue tongue : Tongue.values()) {
            out.texts(
                    "wording " + tongue.code(),
                    charter.wording().texts().getOrDefault(tongue, Map.of()));
        }
        out.settings(charter.settings());
        out.envelope(charter.envelope());
        out.flush();
    }

    private void table(Table table) {
        Axes axes = table.axes();
        line("roles " + texts(axes.roles()));
        line("purposes " + texts(axes.purposes()));
        Map<Square, String> lines = new HashMap<>();
        axes.forEach(cell -> line(lines.computeIfAbsent(table.at(cell), Expansion::square)));
    }

    private static String square(Square square) {
        Ladder ladder = square.ladder();
        StringBuilder line = new StringBuilder();
        line.append(ladder.unsure()).append(' ').append(ladder.annotate()).append(' ');
        line.append(ladder.condition()).append(' ').append(ladder.hold()).append(' ');
        line.append(ladder.refuse()).append(' ').append(word(ladder.unjudged()));
        line.append(' ').append(square.terms().size());
        for (Term term : square.terms()) {
            line.append(' ').append(text(term.id())).append(' ').append(text(term.text()));
        }
        return line.append(' ').append(texts(square.rules())).toString();
    }

    private void scope(Optional<Scope> scope) {
        line(
                "scope "
                        + scope.map(
                                        it ->
                                                "1 %s %s %s"
                                                        .formatted(
                                                                text(it.purpose()),
                                                                texts(it.inside()),
                                                                texts(it.outside())))
                                .orElse("0"));
    }

    /** Grants and prompts. */
    private void uses(Charter charter) {
        line("grants " + charter.grants().size());
        charter.grants().stream()
                .sorted(Comparator.comparing(Grant::role))
                .forEach(
                        grant ->
                                line(
                                        "%s %s %s"
                                                .formatted(
                                                        text(grant.role()),
                                                        sorted(grant.purposes()),
                                                        words(grant.models()))));
        line("prompts " + charter.prompts().size());
        charter.prompts().stream()
                .sorted(Comparator.comparing(RegisteredPrompt::id))
                .forEach(
                        prompt ->
                                line(
                                        "%s %s %s"
                                                .formatted(
                                                        text(prompt.id()),
                                                        prompt.sha256(),
                                                        text(prompt.purpose()))));
    }

    private void models(Models models) {
        line("models %d %s".formatted(models.placed().size(), word(models.other())));
        new TreeMap<>(models.placed())
                .forEach((name, place) -> line(text(name) + " " + place(place)));
    }

    private static String place(Placement place) {
        return word(place.model()) + place.base().map(base -> " 1 " + text(base)).orElse(" 0");
    }

    private void settings(Settings settings) {
        line("judges " + settings.judges().size());
        settings.judges().stream()
                .sorted(
                        Comparator.comparing(JudgeId::name)
                                .thenComparing(JudgeId::version)
                                .thenComparing(JudgeId::sha256))
                .forEach(
                        judge ->
                                line(
                                        "%s %d %s"
                                                .formatted(
                                                        text(judge.name()),
                                                        judge.version(),
                                                        judge.sha256())));
        Band band = settings.band();
        line("band %s %s".formatted(bits(band.low()), bits(band.high())));
        Settings.Windows windows = settings.windows();
        line("windows %d %d %d".formatted(windows.head(), windows.window(), windows.overlap()));
        Settings.Retention retention = settings.retention();
        line("retention %s %s".formatted(word(retention.kept()), length(retention.days())));
        Settings.Witnesses witnesses = settings.witnesses();
        line("witnesses %d %s".formatted(witnesses.quorum(), sorted(witnesses.keys())));
        line("drills " + settings.drills().perHour());
        Settings.Changes changes = settings.changes();
        line("changes %s %s".formatted(length(changes.delay()), length(changes.longest())));
        // policies were signed before there were these: what is as usual says nothing
        if (!settings.incidents().equals(Settings.USUAL.incidents())) {
            incidents(settings.incidents());
        }
        if (!settings.review().equals(Settings.USUAL.review())) {
            Settings.Review review = settings.review();
            line(
                    "review %s %s %s %d"
                            .formatted(
                                    bits(review.hosted()),
                                    bits(review.local()),
                                    bits(review.unaligned()),
                                    review.perBlock()));
        }
    }

    private void incidents(Incidents incidents) {
        line("incidents %s %d".formatted(word(incidents.otherwise()), incidents.then().size()));
        new TreeMap<>(incidents.then())
                .forEach((hazard, step) -> line(word(hazard) + " " + word(step)));
        line("pinned " + words(incidents.pinned()));
        line("sanctioned " + incidents.sanctioned().size());
        incidents.sanctioned().stream()
                .map(
                        it ->
                                "%s %s %s"
                                        .formatted(
                                                words(it.hazards()),
                                                words(it.models()),
                                                sorted(it.names())))
                .sorted()
                .forEach(this::line);
    }

    private void envelope(Optional<Envelope> envelope) {
        line("envelope " + envelope.map(it -> "1 " + word(it.atMost())).orElse("0"));
        if (envelope.isPresent()) {
            Rule.Match within = envelope.get().within();
            line("hazards " + words(within.hazards()));
            line("severities " + words(within.severities()));
            line("models " + words(within.models()));
            line("roles " + sorted(within.roles()));
            line("purposes " + sorted(within.purposes()));
            line("stages " + words(within.stages()));
            line("standings " + words(within.standings()));
        }
    }

    private void texts(String key, Map<String, String> texts) {
        line(key + " " + texts.size());
        new TreeMap<>(texts).forEach((id, text) -> line(text(id) + " " + text(text)));
    }

    /** A text with its length in bytes in front, so that nothing in it can look like a field. */
    private static String text(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }

    /** How many texts, and each. */
    private static String texts(List<String> texts) {
        StringBuilder line = new StringBuilder().append(texts.size());
        texts.forEach(each -> line.append(' ').append(text(each)));
        return line.toString();
    }

    private static String sorted(Collection<String> texts) {
        return texts(texts.stream().sorted().toList());
    }

    private static String words(Collection<? extends Enum<?>> constants) {
        return sorted(constants.stream().map(Expansion::word).toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A number as its IEEE 754 bits: no two programs write its digits alike. */
    private static String bits(double number) {
        return HexFormat.of().toHexDigits(Double.doubleToLongBits(number));
    }

    private static String length(Duration length) {
        return length.getSeconds() + " " + length.getNano();
    }

    private void line(String line) {
        piece.append(line).append('\n');
        if (piece.length() >= PIECE) {
            flush();
        }
    }

    private void flush() {
        sink.accept(piece.toString().getBytes(StandardCharsets.UTF_8));
        piece.setLength(0);
    }
}
