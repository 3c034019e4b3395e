package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.charter.Scope;
import io.demur.core.scope.Belonging;
import io.demur.core.scope.ScopeJudge;
import io.demur.core.text.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges with the encoder whether requests belong to what a deployment is for: by its examples, and
 * by what people ask of services of all kinds. The last user message is judged by itself and
 * together with those of its topic before it, and the reading that belongs better counts.
 *
 * <p>What is not English is unjudged, and so is everything where none of the examples of what is
 * inside is English. Safe for use by several threads.
 */
public final class EncoderScope implements ScopeJudge {

    private final ScopeSpace space;
    private final List<double[]> inside = new ArrayList<>();
    private final List<double[]> outside = new ArrayList<>();

    /**
     * The judge of one deployment. Its examples are read now.
     *
     * @param encoder the shipped one
     * @throws IllegalStateException if it is another one
     */
    public EncoderScope(Encoder encoder, Scope scope) {
        space = ScopeSpace.of(encoder);
        read(scope.inside(), inside);
        read(scope.outside(), outside);
    }

    private void read(List<String> examples, List<double[]> into) {
        for (String example : examples) {
            if (reads(example)) {
                into.add(space.point(example));
            }
        }
    }

    @Override
    public JudgeId id() {
        return space.id();
    }

    /**
     * The examples of a scope that say nothing to it, because they are not English. Where none of
     * those of what is inside is left, it cannot tell, and the model is told the purpose instead.
     */
    public static List<String> unread(Scope scope) {
        return Stream.concat(scope.inside().stream(), scope.outside().stream())
                .filter(example -> !reads(example))
                .toList();
    }

    private static boolean reads(String example) {
        return !example.isBlank() && Language.of(example) != Language.OTHER;
    }

    /** Whether it can tell at all: some example of what is inside could be read. */
    public boolean canTell() {
        return !inside.isEmpty();
    }

    @Override
    public Belonging judge(Request request) {
        if (!canTell()) {
            return new Belonging.Unjudged("no example of what is inside is English");
        }
        String last = request.prompt();
        if (last.isBlank()) {
            return new Belonging.Unjudged("no words");
        }
        if (Language.of(last) == Language.OTHER) {
            return new Belonging.Unjudged("not English");
        }
        try {
            double p = 1;
            for (String text : EncoderHarm.written(request)) {
                p = Math.min(p, space.outside(space.point(text), inside, outside));
            }
            return new Belonging.Judged(p, id());
        } catch (IllegalStateException e) {
            return new Belonging.Unjudged(String.valueOf(e.getMessage()));
        }
    }
}
