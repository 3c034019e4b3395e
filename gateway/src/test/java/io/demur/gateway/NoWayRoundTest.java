package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Message;
import io.demur.gateway.gate.Permit;
import io.demur.record.Trail;
import io.demur.wire.chat.Call;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Code that goes round the gate is no code: it does not compile. */
class NoWayRoundTest {

    private static final String NO_FIT = "compiler.err.prob.found.req";

    private static final String IMPORTS =
            "import io.demur.gateway.gate.*; import io.demur.gateway.upstream.*;"
                    + " import io.demur.wire.chat.*; import io.demur.core.policy.*;"
                    + " import io.demur.core.charter.Charter; import io.demur.record.entry.Attempt;"
                    + " import io.demur.record.Position;"
                    + " import java.time.*; import java.util.*;";

    @TempDir Path classes = Path.of("");

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Round.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoring) {
            return text;
        }
    }

    /** The compiler's codes for what is wrong with the body of a class. */
    private List<String> wrong(String body) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String path =
                Stream.of(Permit.class, Message.class, Trail.class, Call.class)
                        .map(NoWayRoundTest::place)
                        .reduce((one, other) -> one + File.pathSeparator + other)
                        .orElseThrow();
        boolean compiled =
                compiler.getTask(
                                null,
                                null,
                                found,
                                List.of("-proc:none", "-cp", path, "-d", classes.toString()),
                                null,
                                List.of(new Source(IMPORTS + body)))
                        .call();
        List<String> codes =
                found.getDiagnostics().stream()
                        .filter(it -> it.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                        .map(it -> it.getCode())
                        .toList();
        assertEquals(compiled, codes.isEmpty());
        return codes;
    }

    private static String place(Class<?> of) {
        return Path.of(
                        URI.create(
                                of.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private void isRefused(String code, String body) {
        List<String> codes = wrong(body);
        // a call that does not fit is reported in one of two ways
        assertTrue(
                codes.contains(code)
                        || (code.equals(NO_FIT)
                                && codes.contains("compiler.err.cant.apply.symbol")),
                () -> body + " -> " + codes);
    }

    @Test
    void theWayThroughTheGateCompiles() {
        assertEquals(
                List.of(),
                wrong(
                        "class Round { Answer ask(Gate gate, Attempted attempted, Decided decided,"
                                + " Upstream upstream) { return upstream.send("
                                + "gate.permit(attempted, decided, Duration.ZERO)); } }"));
    }

    @Test
    void nobodyElseMakesAPermit() {
        String hidden = "compiler.err.not.def.public.cant.access";
        isRefused(
                hidden,
                "class Round { Permit p = new Permit(\"\", \"m\", ModelClass.HOSTED, Instant.MAX,"
                        + " List.<Asked>of()); }");
        isRefused(
                hidden,
                "class Round { Decided d(Call q, Charter a, Context b, Decision c,"
                        + " io.demur.core.harm.Assessment e,"
                        + " io.demur.core.policy.Policy.Sureness f) {"
                        + " return new Decided(\"\", q, a, b, c, c, e, f); } }");
        isRefused(
                hidden,
                "class Round { Attempted a(Attempt a, Position p) { return new Attempted(a, p);"
                        + " } }");
        for (String type : List.of("Permit", "Decided", "Attempted", "Gate")) {
            isRefused(
                    "compiler.err.cant.inherit.from.final", "class Round extends " + type + " {}");
        }
    }

    @Test
    void noModelIsAskedWithoutAPermit() {
        isRefused(
                NO_FIT,
                "class Round { Answer ask(Upstream u, Call call) { return u.send(call); } }");
        isRefused(NO_FIT, "class Round { Answer ask(Upstream u) { return u.send(); } }");
        isRefused(
                NO_FIT,
                "class Round { Permit p(Gate g, Decided d) { return g.permit(d, Duration.ZERO);"
                        + " } }");
        isRefused(
                NO_FIT,
                "class Round { Permit p(Gate g, Attempted a, Decided d, Call other) {"
                        + " return g.permit(a, d, other, Duration.ZERO); } }");
        isRefused(
                "compiler.err.cant.resolve.location",
                "class Round { Object o(Permit p, InstantSource c) { return Permitted.take(p, c,"
                        + " \"m\", ModelClass.HOSTED); } }");
    }
}
