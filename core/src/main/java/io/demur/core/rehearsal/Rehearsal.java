package io.demur.core.rehearsal;

import io.demur.core.Request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rehearsal model. It answers whatever it is asked, as a helpful model without any guard would,
 * and does something else on cue: {@code [rehearse: refuse policy, slow]} anywhere in what the user
 * says last. What is refused without a cue is therefore refused by Demur. The same call is answered
 * by the same steps, to the byte. Immutable; safe for use by several threads.
 */
public final class Rehearsal {

    /** The name under which it is offered. */
    public static final String MODEL = "rehearsal";

    private static final String RESOURCE = "rehearsal.script";

    private final Script script;

    private Rehearsal(Script script) {
        this.script = script;
    }

    /** The one that comes with this version. */
    public static Rehearsal shipped() {
        return Singleton.REHEARSAL;
    }

    /**
     * One that plays another script.
     *
     * @throws IllegalArgumentException if it is none; the message names the line
     */
    public static Rehearsal of(String script) {
        return new Rehearsal(Script.parse(script));
    }

    /** Whether a model's name is its own, or its own with cues: {@code rehearsal:refuse-scope}. */
    public static boolean answersTo(String model) {
        return model.equals(MODEL) || model.startsWith(MODEL + ":");
    }

    /** The cues in a model's name; empty where it has none. */
    public static String cuesIn(String model) {
        return model.startsWith(MODEL + ":") ? model.substring(MODEL.length() + 1) : "";
    }

    /** What it does; the last step alone is one of those behind which nothing comes. */
    public List<Step> answer(Request request, Setting setting) {
        return new Performance(script, request, setting).steps();
    }

    /**
     * The embedding of a text: a vector of length 1, near to that of a text of the same words.
     *
     * @throws IllegalArgumentException if {@code dimensions} is not 1 to 4096
     */
    public float[] embed(String text, int dimensions) {
        return Vectors.of(text, dimensions);
    }

    private static String resource() {
        try (InputStream in = Rehearsal.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "`%s` is not on the class path".formatted(RESOURCE));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the rehearsal's script", e);
        }
    }

    /** Made when first asked for. */
    private static final class Singleton {
        static final Rehearsal REHEARSAL = of(resource());
    }
}
